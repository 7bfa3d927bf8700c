# ruff: noqa: A005 - the room is called calendar, and so is the folder of its tests

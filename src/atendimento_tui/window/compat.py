"""The private names of Textual that the program uses, each with the reason; no other module uses one."""

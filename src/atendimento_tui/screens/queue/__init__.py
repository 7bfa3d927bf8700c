"""The live queue of tickets."""

"""Identity: the evidence that a record of a box is a performer or studio of the library."""

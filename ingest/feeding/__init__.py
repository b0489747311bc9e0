"""What comes in and when: jobs, folders under watch, whose turn it is."""

"""What came out: verdicts, records, the store, feedback, the board, and the formats that they are exported to."""

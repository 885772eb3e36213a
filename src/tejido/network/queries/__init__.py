"""What may be asked about members and people."""

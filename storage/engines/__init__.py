"""What SQLite and PostgreSQL each do in their own way: driven, inserted into, waited for, away for a while."""

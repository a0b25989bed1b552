"""`calendar`: the days and hours of the next month, for the DPO and whoever leads the school."""

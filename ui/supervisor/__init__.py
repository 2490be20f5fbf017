"""The supervisor's window: today, any period past, forecast, staffing, reports."""

"""Who is who, side by side; inviting; the trail of acts as a page."""

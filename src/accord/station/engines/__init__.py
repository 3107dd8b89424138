"""From facts to sums: `request` what is asked, `reference` plainly, `duckdb` fast."""

"""Pages: their lines, columns, fields and pictures, and the recognition of scans."""

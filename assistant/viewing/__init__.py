"""What is shown of one document: a page or section at a time, its picture, the papers around it."""

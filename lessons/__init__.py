"""The course: text files a teacher can write, and the small code that reads and checks them."""

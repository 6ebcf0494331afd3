//! The shipped facts make a pack, and facts with a fault make none.

mod bad_cells;
mod bad_files;
mod contributions;
mod count;
mod folder;
mod imports;
mod official;
mod outlines;
mod second;
mod shipped;

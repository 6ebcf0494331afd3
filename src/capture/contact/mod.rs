//! What a person gives of themselves: a telephone number, if they want to, with a consent of its own
//! and beside the report; and who gets what.

/// 1. What is a number.
mod number;

/// 2. The number of a draft, and what of it is sealed.
mod said;

/// 3. The question on the look over.
mod question;

/// 4. A number that this phone remembers, if it was asked to.
mod remembered;

/// Two short lists: who sees what, what never leaves.
mod lists;

pub(in crate::capture) use self::{
    lists::WhoSees,
    question::{NumberQuestion, show},
    remembered::remember,
    said::to_call,
};
pub use self::{
    number::NotANumber,
    said::{Lacks, Said},
};
pub(crate) use self::{
    remembered::RememberedNumber,
    said::{given, masked},
};

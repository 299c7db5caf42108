//! Whole-program tests: everything goes through the binary, as a user would use it.

mod add;
mod archive;
mod archives;
mod bad_input;
mod bad_taxonomy;
mod changes;
mod cite;
mod corpus;
mod coverage;
mod evaluate;
mod explain;
mod extract;
mod feed;
mod fetch;
mod gold;
mod hostile;
mod official;
mod own_categories;
mod pdf;
mod relevance;
mod run;
mod search;
#[cfg(unix)]
mod semantic;
mod show;
mod similar;
mod site;
mod slides;
mod slides_package;
mod slides_template;
mod support;
mod trends;
mod trends_counting;
mod trends_files;

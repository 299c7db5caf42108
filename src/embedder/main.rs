use rust_bert as _; fn main(){}

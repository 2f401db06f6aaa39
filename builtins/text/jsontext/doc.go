// Package jsontext reads and writes JSON as builtins.fromJSON and
// builtins.toJSON of the reference do, down to the bytes and the messages. It
// knows nothing of values or of evaluation.
//
//	Decode        text to calls of a Handler, without a tree in between
//	AppendString  a string as a JSON string
//	AppendFloat   a float as a JSON number, or null
//	SyntaxError   text that is not JSON
//	ValueError    JSON that has no Nix value
//	UTF8Error     a string that has no JSON text
//
// The reference uses the C++ library nlohmann/json; where this package says
// "the library", it means that one.
package jsontext

// This file defines the package comment.

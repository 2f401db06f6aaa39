// Package jsontext reads JSON as builtins.fromJSON of the reference does, down to the
// messages. It knows nothing of values or of evaluation. JSON is written by package
// datatext.
//
//	Decode       text to calls of a Handler, without a tree in between
//	Parse        text to maps and slices
//	SyntaxError  text that is not JSON
//	ValueError   JSON that has no Nix value
//
// The reference uses the C++ library nlohmann/json; where this package says
// "the library", it means that one.
package jsontext

// This file defines the package comment.

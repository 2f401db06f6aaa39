package core

// This file defines the codes of errors, and the kinds that follow from them.

// A Code names what is wrong with a program, for people and tools. Every error has
// one from its birth; reports explain the codes and never look at the words of a
// message. The text of a code does not change.
type Code string

// Codes of errors that evaluations make. Reports have further ones, for what a
// module system throws as text.
const (
	CodeSyntax             Code = "syntax"
	CodeUndefinedVariable  Code = "undefined-variable"
	CodeDuplicateAttribute Code = "duplicate-attribute"
	CodeMissingAttribute   Code = "missing-attribute"
	CodeWrongType          Code = "wrong-type"
	CodeNotAFunction       Code = "not-a-function"
	CodeMissingArgument    Code = "missing-argument"
	CodeUnexpectedArgument Code = "unexpected-argument"
	CodeCannotCoerce       Code = "cannot-coerce"
	CodeCannotCompare      Code = "cannot-compare"
	CodeAssertionFailed    Code = "assertion-failed"
	CodeThrown             Code = "thrown"
	CodeAborted            Code = "aborted"
	CodeInfiniteRecursion  Code = "infinite-recursion"
	CodeStackOverflow      Code = "stack-overflow"
	CodeDivisionByZero     Code = "division-by-zero"
	CodeIntegerOverflow    Code = "integer-overflow"
	CodeOutOfRange         Code = "out-of-range"
	CodeSelectionPath      Code = "selection-path" // of the command line, as in -A a.b
	CodeMissingFile        Code = "missing-file"
	CodeFile               Code = "file"
	CodeSearchPath         Code = "search-path"
	CodePureEvaluation     Code = "pure-evaluation"
	CodeRestricted         Code = "restricted"
	CodeInvalidJSON        Code = "invalid-json"
	CodeInvalidTOML        Code = "invalid-toml"
	CodeInvalidYAML        Code = "invalid-yaml" // of a file in place of a program
	CodeInvalidRegex       Code = "invalid-regex"
	CodeInvalidHash        Code = "invalid-hash"
	CodeInvalidDerivation  Code = "invalid-derivation"
	CodeInvalidArgument    Code = "invalid-argument"
	CodeNotUTF8            Code = "not-utf8"
	CodeHashMismatch       Code = "hash-mismatch"
	CodeRelativePath       Code = "relative-path"
	CodeStorePath          Code = "store-path"
	CodeStringContext      Code = "string-context"
	CodeOutputForm         Code = "output-form"
	CodeExperimental       Code = "experimental"
	CodeNotSupported       Code = "not-supported"
	CodeDownload           Code = "download"          // a server did not give what was asked for
	CodeFetch              Code = "fetch"             // a tree of files, for another reason
	CodeFlakeReference     Code = "flake-reference"   // as in github:owner/repo
	CodeInvalidFlake       Code = "invalid-flake"     // flake.nix, and what its inputs lead to
	CodeInvalidLockFile    Code = "invalid-lock-file" // flake.lock
	CodeLockChanges        Code = "lock-changes"      // flake.lock has to change, and must not
	CodeMissingOutput      Code = "missing-output"    // of a flake
	CodeNotAFlake          Code = "not-a-flake"       // there is no flake.nix
	CodeLimit              Code = "limit"
	CodeInterrupted        Code = "interrupted"
	CodeDecodeType         Code = "decode-type"    // a value is not what a Go type can hold
	CodeDecodeRange        Code = "decode-range"   // it is, but too large
	CodeDecodeText         Code = "decode-text"    // a Go type does not take the text
	CodeDecodeMissing      Code = "decode-missing" // no attribute for a field
	CodeDecodeUnknown      Code = "decode-unknown" // no field for an attribute
	CodeDecodeTarget       Code = "decode-target"  // nothing can be decoded into the Go type
	CodeDecodeRefused      Code = "decode-refused" // an error of the embedder's own
	CodeHost               Code = "host"           // a Go error of the program around, without a code
	CodePanic              Code = "panic"          // of the program around
	CodeInternal           Code = "internal"
)

// Kind returns the kind of errors with code c. A few errors are of another one,
// which their makers say: a lookup in pure evaluation can be caught, for example.
func (c Code) Kind() ErrorKind {
	switch c {
	case CodeThrown, CodeSearchPath:
		return ErrThrow
	case CodeAssertionFailed:
		return ErrAssertion
	case CodeAborted:
		return ErrAbort
	case CodeWrongType, CodeDecodeType, CodeNotAFunction, CodeMissingArgument, CodeUnexpectedArgument, CodeCannotCoerce:
		return ErrType
	case CodeUndefinedVariable:
		return ErrUndefined
	case CodeInfiniteRecursion:
		return ErrInfiniteRecursion
	case CodeStackOverflow:
		return ErrStackOverflow
	case CodeSyntax:
		return ErrParse
	case CodeMissingFile, CodeFile, CodeDownload, CodeFetch, CodeRestricted, CodeHashMismatch, CodeNotSupported, CodeHost, CodePanic:
		return ErrHost
	case CodeLimit:
		return ErrLimit
	case CodeInterrupted:
		return ErrInterrupted
	}
	return ErrEval
}

package report

// This file defines which code an error has.

import (
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/pattern"
)

// A rule gives errors whose messages match a code.
type rule struct {
	code  string
	match pattern.Pattern
}

func rules(pairs ...string) []rule {
	var out []rule
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, rule{pairs[i], pattern.New(pairs[i+1])})
	}
	return out
}

// messageRules are for errors of the evaluator and its builtins; the first counts.
var messageRules = rules(
	"missing-attribute", `^attribute '.*' missing$`,
	"missing-attribute", `^attribute '.*' in selection path '.*' not found`,
	"missing-argument", `called without required argument`,
	"missing-argument", `^cannot evaluate a function that has an argument without a value`,
	"unexpected-argument", `called with unexpected argument`,
	"not-a-function", `^attempt to call something which is not a function`,
	"cannot-coerce", `^cannot coerce `,
	"cannot-compare", `^cannot compare `,
	"pure-evaluation", `in pure evaluation mode|in pure mode|\(use '--impure' to override\)`,
	"restricted", `in restricted mode`,
	"missing-file", `^path '.*' does not exist$|^getting status of '.*': No such file|does not exist\.?$`,
	"division-by-zero", `^division by zero$`,
	"integer-overflow", `^integer overflow|^invalid integer`,
	"out-of-range", `called with index .* on a list|called on an empty list|^list index .* is out of bounds|negative start position`,
	"invalid-json", `^\[json\.exception`,
	"invalid-toml", `^while parsing TOML: `,
	"invalid-regex", `^invalid regular expression|regular expression`,
	"hash-mismatch", `^hash mismatch|store path mismatch|NAR hash mismatch`,
	"string-context", `is not allowed to refer to a store path|refers to a store path|cannot be appended to a path|not allowed to refer to`,
	"duplicate-attribute", `already defined at `,
	"experimental", `[Ee]xperimental (Nix )?feature '`,
	"output-form", `^TOML has no |^a TOML document is |^an environment variable |is not the name of an environment variable|^the value is .*, but --write-to |^cannot write `,
	"relative-path", `^string '.*' doesn't represent an absolute path$`,
	"string-context", `^context (of string|key) |may not reference derivations|output context of|has a context which|entries in its context`,
	"invalid-hash", `^hash '.*' (has wrong length|does not include a type|should have type)|^invalid (base16|base32|nix32|base64|SRI) hash|^unknown hash (algorithm|format)`,
	"invalid-derivation", `^required attribute '.*' missing$|^invalid derivation |^derivation |^duplicate derivation |^multiple outputs are not supported|^invalid value '.*' for 'outputHash|^cannot process __json`,
	"integer-overflow", `is not in the range of NixInt$|^Due to a bug .*NixInt argument`,
	"invalid-argument", `^'url' argument required|^unsupported argument '|' is missing in call to '|isn.t supported in call to '|^invalid store path name|have different lengths|^argument '.*' to '.*' is `,
	"wrong-type", `^'functionArgs' requires a function|is a set while|^expected (a|an) .* but found |^cannot add |^cannot convert |^cannot decode|is not of type `,
)

// classify returns the code of an error.
func classify(e *core.Error) *Code {
	msg := strings.TrimSpace(e.Msg)
	switch e.Kind {
	case core.ErrUndefined:
		return codes["undefined-variable"]
	case core.ErrParse:
		return parseCode(msg)
	case core.ErrInfiniteRecursion:
		return codes["infinite-recursion"]
	case core.ErrStackOverflow:
		return codes["stack-overflow"]
	case core.ErrLimit:
		return codes["limit"]
	case core.ErrInterrupted:
		return codes["interrupted"]
	case core.ErrAssertion:
		return codes["assertion-failed"]
	case core.ErrThrow, core.ErrAbort:
		switch {
		case pathLookup.MatchString(msg):
			return codes["search-path"]
		case strings.HasPrefix(msg, "cannot look up '<"):
			return codes["pure-evaluation"]
		}
		if code := moduleCode(msg); code != nil {
			return code
		}
		if e.Kind == core.ErrAbort {
			return codes["aborted"]
		}
		return codes["thrown"]
	case core.ErrMissingArgument:
		return codes["missing-argument"]
	}
	for _, r := range messageRules {
		if r.match.MatchString(msg) {
			if r.code == "missing-attribute" && moduleArgument(e) != nil {
				return codes["module-argument"]
			}
			return codes[r.code]
		}
	}
	if e.Kind == core.ErrHost {
		return codes["file"]
	}
	return codes["error"]
}

var pathLookup = pattern.New(`^file '.*' was not found in the Nix search path`)

// parseCode returns the code of an error of the parser.
func parseCode(msg string) *Code {
	switch {
	case strings.HasPrefix(msg, "undefined variable"):
		return codes["undefined-variable"]
	case strings.Contains(msg, "already defined at "), strings.HasPrefix(msg, "duplicate formal"):
		return codes["duplicate-attribute"]
	case strings.Contains(msg, "xperimental"):
		return codes["experimental"]
	case strings.HasPrefix(msg, "invalid integer"):
		return codes["integer-overflow"]
	}
	return codes["syntax"]
}

package settings

// This file defines the kinds of settings: what their values look like.

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
)

// A Kind is what values of a setting look like.
type Kind uint8

const (
	Bool     Kind = iota
	Uint32        // numbers may have a unit: K, M, G, T
	Uint64        //
	Int64         //
	Text          // anything
	Path          // anything but ""
	Absolute      // a path
	OptionalAbsolute
	List     // words
	Features // names of experimental features
	Store    // where a store is
	Stores   // where stores are
	Lint     // ignore, warn, fatal
	Sandbox  // true, false, relaxed
	Jobs     // a number, or auto
	Profiler // disabled, flamegraph
	JSON     //
)

// appendable reports whether extra-NAME appends to the setting.
func (k Kind) appendable() bool { return k == List || k == Features || k == Stores }

// hasForm reports whether --FORMNAME is a flag.
func (k Kind) hasForm(form string) bool {
	switch form {
	case "no-":
		return k == Bool || k == Sandbox
	case "relaxed-":
		return k == Sandbox
	case "extra-":
		return k.appendable()
	}
	return true
}

// lastForm returns the form of the flag that --ALIAS is.
func (k Kind) lastForm() string {
	for _, form := range []string{"relaxed-", "no-", "extra-"} {
		if k.hasForm(form) {
			return form
		}
	}
	return ""
}

// flagValue returns what --FORMNAME sets, "" if it takes a value.
func (k Kind) flagValue(form string) string {
	switch {
	case form == "relaxed-":
		return "relaxed"
	case form == "no-":
		return "false"
	case k == Bool || k == Sandbox:
		return "true"
	}
	return ""
}

// words splits at white space.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\n\r", r) })
}

// parse reads a value.
func (x *Setting) parse(text string) (value, error) {
	invalid := func(what string) error { return usage(what+" '%s' has invalid value '%s'", x.Name, text) }
	switch x.Kind {
	case Bool:
		switch text {
		case "true", "yes", "1":
			return value{text: "true"}, nil
		case "false", "no", "0":
			return value{text: "false"}, nil
		}
		return value{}, invalid("Boolean setting")
	case Uint32, Uint64, Int64:
		n, err := x.number(text)
		if err != nil {
			return value{}, invalid("setting")
		}
		return value{text: n}, nil
	case Path, Absolute, OptionalAbsolute:
		if text == "" && x.Kind != OptionalAbsolute {
			return value{}, usage("setting '%s' is a path and paths cannot be empty", x.Name)
		}
		if text != "" && x.Kind != Path && text[0] != '/' && !filepath.IsAbs(text) {
			return value{}, errorf("not an absolute path: %s", `"`+text+`"`)
		}
	case List, Features:
		return value{list: words(text)}, nil
	case Stores:
		for _, w := range words(text) {
			if err := CheckStore(w); err != nil {
				return value{}, err
			}
		}
		return value{list: words(text)}, nil
	case Store:
		return value{text: text}, CheckStore(text)
	case Lint:
		if text != "ignore" && text != "warn" && text != "fatal" {
			return value{}, usage("option '%s' has invalid value '%s' (expected 'ignore', 'warn', or 'fatal')", x.Name, text)
		}
	case Sandbox:
		if text != "true" && text != "false" && text != "relaxed" {
			return value{}, invalid("option")
		}
	case Profiler:
		if text != "disabled" && text != "flamegraph" {
			return value{}, invalid("option")
		}
	case Jobs:
		if _, err := parseInt(text, 32); text != "auto" && (err != nil || unicode.IsLetter(lastRune(text))) {
			return value{}, usage("configuration setting '%s' should be 'auto' or an integer", x.Name)
		}
	case JSON:
		var list []json.RawMessage
		if err := json.Unmarshal([]byte(text), &list); err != nil || list == nil {
			return value{}, usage("parsing setting '%s': it is not a list in JSON", x.Name)
		}
	}
	return value{text: text}, nil
}

// number reads a number and returns its digits. Quirk: one with a unit wraps.
func (x *Setting) number(text string) (string, error) {
	bits := 64
	if x.Kind == Uint32 {
		bits = 32
	}
	if x.Kind == Int64 {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return strconv.FormatInt(n, 10), nil
		}
	}
	n, err := parseInt(text, bits)
	if x.Kind == Uint32 {
		n &= math.MaxUint32
	}
	return strconv.FormatUint(n, 10), err
}

func lastRune(text string) rune {
	if text == "" {
		return 0
	}
	return rune(text[len(text)-1])
}

// parseInt reads a number that may have a unit.
func parseInt(text string, bits int) (uint64, error) {
	unit := uint64(1)
	if u := unicode.ToUpper(lastRune(text)); unicode.IsLetter(u) && u < unicode.MaxASCII {
		i := strings.IndexRune("KMGT", u)
		if i < 0 {
			return 0, usage("invalid unit specifier '%s'", string(u))
		}
		unit <<= 10 * (i + 1)
		text = text[:len(text)-1]
	}
	n, err := strconv.ParseUint(strings.TrimPrefix(text, "+"), 10, bits)
	if err != nil {
		return 0, usage("'%s' is not an integer", text)
	}
	return n * unit, nil
}

// Number reads the number of a flag like --cores, which may have a unit.
func Number(text string) (string, error) {
	n, err := parseInt(text, 64)
	return fmt.Sprint(n), err
}

// CheckStore returns an error if text does not say where a store is.
func CheckStore(text string) error {
	base, _, _ := strings.Cut(text, "?")
	switch scheme, _, ok := strings.Cut(base, ":"); {
	case base == "", base == "auto", base == "daemon", base == "local", strings.Contains(base, "/"):
		return nil
	case ok && scheme != "":
		return nil
	}
	return usage("Cannot parse Nix store '%s'", text)
}

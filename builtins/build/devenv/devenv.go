// Package devenv is the environment in which a derivation is built, for a shell in which a user
// works on it.
//
//	Environment   variables and functions of a shell; Parse reads one, JSON and Bash write one
//	Derivation    a derivation that writes its environment to its output
//	Shell         the first commands of a shell that has the environment of a derivation
//
// The environment is what a builder has that is bash, once it has read the file setup of its
// attribute stdenv. Nothing but that bash knows what setup does, so the environment is built:
// by a derivation that differs from the one that is meant in what its builder runs.
//
// Behaviour and formats are those of C++ Nix 2.34.8.
package devenv

// This file defines Environment, and its forms.

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/eval/datatext"
)

// An Environment is what a shell has set.
type Environment struct {
	Variables map[string]Variable
	Functions map[string]string // bodies, between the braces
	// Structured are the files of structured attributes, ".attrs.json" and ".attrs.sh"; nil if
	// there are none.
	Structured map[string]string
}

// A Variable is one of a shell: a text, a list, or a map.
type Variable struct {
	Kind  Kind
	Text  string            // of Plain and Exported
	List  []string          // of Array
	Pairs map[string]string // of Associative
}

// A Kind is the kind of a Variable, as JSON has it.
type Kind string

// The kinds.
const (
	Plain       Kind = "var"
	Exported    Kind = "exported"
	Array       Kind = "array"
	Associative Kind = "associative"
)

// Parse reads an environment that a Derivation has written. Variables of other kinds are left out.
func Parse(text []byte) (*Environment, error) {
	var file struct {
		Variables map[string]struct {
			Type  Kind
			Value json.RawMessage
		}
		BashFunctions   map[string]string
		StructuredAttrs map[string]string
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("the environment cannot be read: %w", err)
	}
	env := &Environment{Variables: map[string]Variable{}, Functions: file.BashFunctions, Structured: file.StructuredAttrs}
	for name, raw := range file.Variables {
		v := Variable{Kind: raw.Type}
		var to any
		switch raw.Type {
		case Plain, Exported:
			to = &v.Text
		case Array:
			to = &v.List
		case Associative:
			to = &v.Pairs
		default:
			continue
		}
		if err := json.Unmarshal(raw.Value, to); err != nil {
			return nil, fmt.Errorf("the variable '%s' of the environment cannot be read: %w", name, err)
		}
		env.Variables[name] = v
	}
	return env, nil
}

// JSON returns the environment as JSON on one line, with sorted keys.
func (e *Environment) JSON() ([]byte, error) {
	variables := map[string]any{}
	for name, v := range e.Variables {
		var value any
		switch v.Kind {
		case Array:
			list := make([]any, len(v.List))
			for i, text := range v.List {
				list[i] = text
			}
			value = list
		case Associative:
			value = anyMap(v.Pairs)
		default:
			value = v.Text
		}
		variables[name] = map[string]any{"type": string(v.Kind), "value": value}
	}
	out := map[string]any{"variables": variables, "bashFunctions": anyMap(e.Functions)}
	if e.Structured != nil {
		out["structuredAttrs"] = anyMap(e.Structured)
	}
	return datatext.AppendJSONValue(nil, out, false)
}

// anyMap returns a map as JSON is made of it.
func anyMap(m map[string]string) map[string]any {
	out := map[string]any{}
	for k, v := range m {
		out[k] = v
	}
	return out
}

// bash writes commands that set what the environment has, but for the variables in ignored.
func (e *Environment) bash(out *strings.Builder, ignored map[string]bool) {
	for _, name := range slices.Sorted(maps.Keys(e.Variables)) {
		if ignored[name] {
			continue
		}
		switch v := e.Variables[name]; v.Kind {
		case Array:
			out.WriteString("declare -a " + name + "=(")
			for _, text := range v.List {
				out.WriteString(build.ShellQuote(text) + " ")
			}
			out.WriteString(")\n")
		case Associative:
			out.WriteString("declare -A " + name + "=(")
			for _, key := range slices.Sorted(maps.Keys(v.Pairs)) {
				out.WriteString("[" + build.ShellQuote(key) + "]=" + build.ShellQuote(v.Pairs[key]) + " ")
			}
			out.WriteString(")\n")
		default:
			out.WriteString(name + "=" + build.ShellQuote(v.Text) + "\n")
			if v.Kind == Exported {
				out.WriteString("export " + name + "\n")
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.Functions)) {
		out.WriteString(name + " ()\n{\n" + e.Functions[name] + "}\n")
	}
}

// outputs returns the paths of the outputs, by their names.
func (e *Environment) outputs() (map[string]string, error) {
	list, ok := e.Variables["outputs"]
	if !ok {
		list = Variable{Kind: Plain, Text: "out"}
	}
	if e.Structured != nil {
		if list.Kind != Associative {
			return nil, fmt.Errorf("bash variable is not an associative array")
		}
		return list.Pairs, nil
	}
	names := list.List
	switch list.Kind {
	case Plain, Exported:
		names = strings.Fields(list.Text)
	case Associative:
		names = slices.Collect(maps.Keys(list.Pairs))
	}
	out := map[string]string{}
	for _, name := range names {
		v, ok := e.Variables[name]
		if !ok || v.Kind != Plain && v.Kind != Exported {
			return nil, fmt.Errorf("the environment has no path of the output '%s'", name)
		}
		out[name] = v.Text
	}
	return out, nil
}

// System returns the system of the derivation; "" if it is not known.
func (e *Environment) System() string { return e.Variables["system"].Text }

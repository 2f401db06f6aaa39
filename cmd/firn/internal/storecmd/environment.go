package storecmd

// This file defines the flags about the environment of a program that a command starts.

import (
	"maps"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// EnvironmentFlags say which variables a program has that a command starts.
type EnvironmentFlags struct {
	IgnoreEnv   bool     `short:"i" aliases:"ignore-environment" help:"Clear the environment, but for the variables of --keep-env-var."`
	KeepEnvVar  []string `short:"k" aliases:"keep" sep:"none" placeholder:"NAME" help:"Keep this variable with --ignore-env."`
	SetEnvVar   ordered  `short:"s" placeholder:"NAME=VALUE" help:"Set a variable. Also: --set-env-var NAME VALUE."`
	UnsetEnvVar ordered  `short:"u" aliases:"unset" placeholder:"NAME" help:"Unset a variable."`
}

// An ordered is the values of a flag, and where on the command line each of them stands.
type ordered struct{ list []given }

// A given is a value of a flag. The more words are left behind it, the earlier it stands.
type given struct {
	text string
	left int
}

// Decode implements kong.MapperValue.
func (o *ordered) Decode(ctx *kong.DecodeContext) error {
	var g given
	if err := ctx.Scan.PopValueInto("text", &g.text); err != nil {
		return err
	}
	g.left = ctx.Scan.Len()
	o.list = append(o.list, g)
	return nil
}

// Environment returns the variables of the program, of an environment NAME=VALUE.
func (f *EnvironmentFlags) Environment(old []string) (map[string]string, error) {
	set, err := f.checked()
	if err != nil {
		return nil, err
	}
	switch {
	case f.IgnoreEnv && len(f.UnsetEnvVar.list) > 0:
		return nil, dropin.Usage("--unset-env-var does not make sense with --ignore-env")
	case !f.IgnoreEnv && len(f.KeepEnvVar) > 0:
		return nil, dropin.Usage("--keep-env-var does not make sense without --ignore-env")
	}
	env := map[string]string{}
	for _, e := range old {
		if name, value, _ := strings.Cut(e, "="); !f.IgnoreEnv || slices.Contains(f.KeepEnvVar, name) {
			env[name] = value
		}
	}
	maps.Copy(env, set)
	for _, g := range f.UnsetEnvVar.list {
		delete(env, g.text)
	}
	return env, nil
}

// checked returns the variables that are set, if none is set twice, or set and unset.
func (f *EnvironmentFlags) checked() (map[string]string, error) {
	unset := map[string]int{} // how many words are left behind the flag
	for _, g := range f.UnsetEnvVar.list {
		unset[g.text] = g.left
	}
	set := map[string]string{}
	for _, g := range f.SetEnvVar.list {
		name, value, _ := strings.Cut(g.text, "=")
		left, both := unset[name]
		_, twice := set[name]
		switch {
		case both && left < g.left:
			return nil, dropin.Usage("Cannot unset environment variable '%s' that is set with '%s'", name, "--set-env-var")
		case both:
			return nil, dropin.Usage("Cannot set environment variable '%s' that is unset with '%s'", name, "--unset-env-var")
		case twice:
			return nil, dropin.Usage("Duplicate definition of environment variable '%s' with '%s' is ambiguous", name, "--set-env-var")
		}
		set[name] = value
	}
	return set, nil
}

// EnvironmentList returns variables as a process has them.
func EnvironmentList(env map[string]string) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(env)) {
		out = append(out, name+"="+env[name])
	}
	return out
}

// TakesRest reports whether a flag takes all words of the command line behind it.
func TakesRest(flag string) bool { return flag == "command" }

package main

// This file defines the flags that ask what an evaluation costs.

import (
	"fmt"
	"os"

	"github.com/alecthomas/kong"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/measure"
	"github.com/firn-lang/firn/eval"
)

// measureFlags are the flags of commands that evaluate.
type measureFlags struct {
	Stats      statsForm `placeholder:"FORM" help:"Print what the evaluation took, to stderr: --stats, a table, or --stats=json."`
	Profile    string    `placeholder:"FILE" help:"Write a profile for go tool pprof: processor time, calls, and memory, by function."`
	Flamegraph string    `placeholder:"FILE" help:"Write folded stacks, for flame graphs."`
}

// A statsForm is a measure.Form on the command line, where it may have no value.
type statsForm measure.Form

// IsBool implements kong.BoolMapperValue.
func (*statsForm) IsBool() bool { return true }

// Decode implements kong.MapperValue.
func (f *statsForm) Decode(ctx *kong.DecodeContext) error {
	*f = statsForm(measure.Table)
	if ctx.Scan.Peek().Type != kong.FlagValueToken {
		return nil
	}
	text := fmt.Sprint(ctx.Scan.Pop().Value)
	switch measure.Form(text) {
	case measure.Table, measure.JSON:
		*f = statsForm(text)
		return nil
	}
	return fmt.Errorf("%q is not one of table and json", text)
}

// start prepares to measure what flags, settings and the environment ask for.
func (m *measureFlags) start(set *settings.Settings, opt *eval.Options) (*measure.Session, error) {
	o := measure.FromEnv(os.Getenv)
	o.FromSettings(set)
	if m.Stats != "" {
		o.Stats = measure.Form(m.Stats)
	}
	if m.Profile != "" {
		o.Profile = m.Profile
	}
	if m.Flamegraph != "" {
		o.Folded = m.Flamegraph
	}
	return measure.Start(o, opt)
}

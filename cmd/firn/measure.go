package main

// This file defines the flags that ask what an evaluation costs.

import (
	"fmt"
	"os"

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

// SetFlag implements cmdline.Optional.
func (f *statsForm) SetFlag(text string, given bool) error {
	switch form := measure.Form(text); {
	case !given:
		*f = statsForm(measure.Table)
	case form == measure.Table, form == measure.JSON:
		*f = statsForm(form)
	default:
		return fmt.Errorf("%q is not one of table and json", text)
	}
	return nil
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

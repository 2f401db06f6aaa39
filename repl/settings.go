package repl

// This file defines the options that :set changes.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/profile"
)

// Settings are the options that :set shows and changes. Some are read for every input;
// others the evaluator is made with, so that changing them makes a new one.
type Settings struct {
	Depth   int  // to which a value is printed; 0: any
	Items   int  // of a list or set that are printed; 0: all
	Strings int  // bytes of a string that are printed; 0: all
	Trace   bool // errors with all of their trace
	Plain   bool // errors as Nix prints them, without explanations
	Color   bool // values, errors and documentation with colours
	Pager   bool // long output is shown a page at a time, on a terminal

	// Profile collects the costs of evaluations; nil if none is wanted.
	Profile *profile.Profile

	Debug    bool           // evaluations stop at errors, builtins.break and breakpoints
	debugger *eval.Debugger // of the session; used if Debug is set

	Pure      bool          // no files, environment or time: as --pure-eval
	System    string        // builtins.currentSystem; "" for this machine
	CallDepth int           // calls within calls
	Time      time.Duration // of an evaluation; 0: any
	Memory    uint64        // bytes that an evaluation may make; 0: the default
}

// DefaultSettings returns the settings of a new session: values are printed as nix repl does,
// one level deep, but of large sets and lists only the first 200 parts.
func DefaultSettings() *Settings {
	return &Settings{Depth: 1, Items: 200, CallDepth: 10_000}
}

// Limits returns the limits of one evaluation.
func (s *Settings) Limits() eval.Limits {
	return eval.Limits{Time: s.Time, Memory: s.Memory, CallDepth: s.CallDepth}
}

// A setting is a row of the table of :set: a name, and access to a field of Settings.
type setting struct {
	name   string
	help   string
	values string // which values are allowed, for people
	fresh  bool   // a change needs a new evaluator
	get    func(*Settings) string
	set    func(*Settings, string) error // fails and changes nothing if the text is not allowed
}

// settings is the table of :set, in the order in which it is shown.
var settings = []setting{
	intSetting("depth", "how many levels of a value are printed; 0 is all", false, func(s *Settings) *int { return &s.Depth }),
	intSetting("items", "how many elements of a list or set are printed; 0 is all", false, func(s *Settings) *int { return &s.Items }),
	intSetting("strings", "how many bytes of a string are printed; 0 is all", false, func(s *Settings) *int { return &s.Strings }),
	boolSetting("trace", "print the whole trace of an error", false, func(s *Settings) *bool { return &s.Trace }),
	boolSetting("plain", "print errors as Nix does, without explanations", false, func(s *Settings) *bool { return &s.Plain }),
	boolSetting("color", "print in colours", false, func(s *Settings) *bool { return &s.Color }),
	boolSetting("pager", "stop after each page of long output", false, func(s *Settings) *bool { return &s.Pager }),
	boolSetting("debugger", "stop at errors, builtins.break and breakpoints", true, func(s *Settings) *bool { return &s.Debug }),
	boolSetting("pure", "evaluate without files, environment and time of this machine", true, func(s *Settings) *bool { return &s.Pure }),
	{
		name: "system", help: "builtins.currentSystem", values: "such as aarch64-linux", fresh: true,
		get: func(s *Settings) string { return s.System },
		set: func(s *Settings, v string) error { s.System = v; return nil },
	},
	intSetting("call-depth", "how deep calls may nest", false, func(s *Settings) *int { return &s.CallDepth }),
	{
		name: "time", help: "how long an evaluation may take; 0 is any time", values: "such as 10s",
		get: func(s *Settings) string { return s.Time.String() },
		set: func(s *Settings, v string) (err error) {
			if v == "0" {
				v = "0s"
			}
			d, err := time.ParseDuration(v)
			if err != nil || d < 0 {
				return fmt.Errorf("'%s' is not a time with a unit, such as 10s or 500ms", v)
			}
			s.Time = d
			return nil
		},
	},
	{
		name: "memory", help: "how much memory an evaluation may take; 0 is the default", values: "such as 500M or 2G",
		get: func(s *Settings) string { return formatBytes(s.Memory) },
		set: func(s *Settings, v string) (err error) {
			s.Memory, err = parseBytes(v)
			return err
		},
	},
}

// intSetting returns the row of a field with a number of 0 or more.
func intSetting(name, help string, fresh bool, field func(*Settings) *int) setting {
	return setting{
		name: name, help: help, values: "a number", fresh: fresh,
		get: func(s *Settings) string { return strconv.Itoa(*field(s)) },
		set: func(s *Settings, v string) error {
			n, err := strconv.Atoi(v)
			if err != nil || n < 0 {
				return fmt.Errorf("'%s' is not a number of 0 or more", v)
			}
			*field(s) = n
			return nil
		},
	}
}

// boolSetting returns the row of a field that is on or off.
func boolSetting(name, help string, fresh bool, field func(*Settings) *bool) setting {
	return setting{
		name: name, help: help, values: "true or false", fresh: fresh,
		get: func(s *Settings) string { return strconv.FormatBool(*field(s)) },
		set: func(s *Settings, v string) error {
			b, ok := parseBool(v)
			if !ok {
				return fmt.Errorf("'%s' is neither true nor false", v)
			}
			*field(s) = b
			return nil
		},
	}
}

// parseBool reads a Boolean as people type it.
func parseBool(text string) (value, ok bool) {
	switch strings.ToLower(text) {
	case "true", "yes", "on", "1":
		return true, true
	case "false", "no", "off", "0":
		return false, true
	}
	return false, false
}

// findSetting returns the row of a name, or an error that suggests names.
func findSetting(name string) (*setting, error) {
	i := slices.IndexFunc(settings, func(s setting) bool { return s.name == name })
	if i >= 0 {
		return &settings[i], nil
	}
	var names []string
	for _, s := range settings {
		names = append(names, s.name)
	}
	return nil, fmt.Errorf("there is no option '%s'%s", name, didYouMean(name, names))
}

// byteUnits are the units of memory, largest first.
var byteUnits = []struct {
	suffix string
	shift  uint
}{{"G", 30}, {"M", 20}, {"K", 10}}

// parseBytes reads an amount of memory: 1000, 500M, 2g. 0 stands for the default.
func parseBytes(text string) (uint64, error) {
	digits, shift := text, uint(0)
	for _, unit := range byteUnits {
		if rest, ok := strings.CutSuffix(strings.ToUpper(text), unit.suffix); ok {
			digits, shift = rest, unit.shift
		}
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || n > 1<<(63-shift) {
		return 0, fmt.Errorf("'%s' is not an amount of memory, such as 500M or 2G", text)
	}
	return n << shift, nil
}

// formatBytes returns an amount as parseBytes reads it, in the largest unit that divides it.
func formatBytes(n uint64) string {
	for _, unit := range byteUnits {
		if n > 0 && n%(1<<unit.shift) == 0 {
			return strconv.FormatUint(n>>unit.shift, 10) + unit.suffix
		}
	}
	return strconv.FormatUint(n, 10)
}

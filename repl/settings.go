package repl

// This file defines what can be changed with :set.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/profile"
)

// Settings are what :set shows and changes.
type Settings struct {
	Depth   int  // to which a value is printed; 0: any
	Items   int  // of a list or set that are printed; 0: all
	Strings int  // bytes of a string that are printed; 0: all
	Trace   bool // errors with all of their trace
	Plain   bool // errors as Nix prints them, without explanations
	Color   bool
	Pager   bool // long output is shown a page at a time, on a terminal

	// Profile collects what evaluations cost; nil if nobody wants to know.
	Profile *profile.Profile

	Debug    bool // evaluations stop at errors, builtins.break and breakpoints
	debugger *eval.Debugger

	Pure      bool
	System    string // builtins.currentSystem; "" for this machine
	CallDepth int
	Time      time.Duration // of an evaluation; 0: any
	Memory    uint64        // bytes that an evaluation may make; 0: the default
}

// DefaultSettings returns what a session begins with: as the reference prints, of
// large sets the first 200 attributes.
func DefaultSettings() *Settings {
	return &Settings{Depth: 1, Items: 200, CallDepth: 10_000}
}

// Limits returns those of an evaluation.
func (s *Settings) Limits() eval.Limits {
	return eval.Limits{Time: s.Time, Memory: s.Memory, CallDepth: s.CallDepth}
}

// A setting is one of Settings, for :set.
type setting struct {
	name   string
	help   string
	values string // what it can be
	fresh  bool   // the evaluator is made with it
	get    func(*Settings) string
	set    func(*Settings, string) error
}

var settings = []setting{
	intSetting("depth", "how deep values are printed; 0 is all the way", false, func(s *Settings) *int { return &s.Depth }),
	intSetting("items", "how much is printed of a list or set; 0 is all", false, func(s *Settings) *int { return &s.Items }),
	intSetting("strings", "how many bytes are printed of a string; 0 is all", false, func(s *Settings) *int { return &s.Strings }),
	boolSetting("trace", "print the whole trace of an error", false, func(s *Settings) *bool { return &s.Trace }),
	boolSetting("plain", "print errors as Nix does, without explanations", false, func(s *Settings) *bool { return &s.Plain }),
	boolSetting("color", "print in colours", false, func(s *Settings) *bool { return &s.Color }),
	boolSetting("pager", "stop after each page of long output", false, func(s *Settings) *bool { return &s.Pager }),
	boolSetting("debugger", "stop at errors, builtins.break and breakpoints", true, func(s *Settings) *bool { return &s.Debug }),
	boolSetting("pure", "evaluate without what depends on this machine", true, func(s *Settings) *bool { return &s.Pure }),
	{
		name: "system", help: "builtins.currentSystem", values: "such as aarch64-linux", fresh: true,
		get: func(s *Settings) string { return s.System },
		set: func(s *Settings, v string) error { s.System = v; return nil },
	},
	intSetting("call-depth", "how many calls there may be within calls", false, func(s *Settings) *int { return &s.CallDepth }),
	{
		name: "time", help: "how long an evaluation may take; 0 is any time", values: "such as 10s",
		get: func(s *Settings) string { return s.Time.String() },
		set: func(s *Settings, v string) (err error) {
			if v == "0" {
				v = "0s"
			}
			d, err := time.ParseDuration(v)
			if err != nil || d < 0 {
				return fmt.Errorf("'%s' is no duration, such as 10s or 500ms", v)
			}
			s.Time = d
			return nil
		},
	},
	{
		name: "memory", help: "how much an evaluation may make; 0 is the default", values: "such as 500M or 2G",
		get: func(s *Settings) string { return formatBytes(s.Memory) },
		set: func(s *Settings, v string) (err error) {
			s.Memory, err = parseBytes(v)
			return err
		},
	},
}

func intSetting(name, help string, fresh bool, field func(*Settings) *int) setting {
	return setting{
		name: name, help: help, values: "a number", fresh: fresh,
		get: func(s *Settings) string { return strconv.Itoa(*field(s)) },
		set: func(s *Settings, v string) error {
			n, err := strconv.Atoi(v)
			if err != nil || n < 0 {
				return fmt.Errorf("'%s' is no number", v)
			}
			*field(s) = n
			return nil
		},
	}
}

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

func parseBool(text string) (value, ok bool) {
	switch strings.ToLower(text) {
	case "true", "yes", "on", "1":
		return true, true
	case "false", "no", "off", "0":
		return false, true
	}
	return false, false
}

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

var byteUnits = []struct {
	suffix string
	shift  uint
}{{"G", 30}, {"M", 20}, {"K", 10}}

func parseBytes(text string) (uint64, error) {
	digits, shift := text, uint(0)
	for _, unit := range byteUnits {
		if rest, ok := strings.CutSuffix(strings.ToUpper(text), unit.suffix); ok {
			digits, shift = rest, unit.shift
		}
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || n > 1<<(63-shift) {
		return 0, fmt.Errorf("'%s' is no amount of memory, such as 500M or 2G", text)
	}
	return n << shift, nil
}

func formatBytes(n uint64) string {
	for _, unit := range byteUnits {
		if n > 0 && n%(1<<unit.shift) == 0 {
			return strconv.FormatUint(n>>unit.shift, 10) + unit.suffix
		}
	}
	return strconv.FormatUint(n, 10)
}

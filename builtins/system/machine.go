package system

// This file defines Machine, Kind, Host, and what they are asked for.

import (
	"context"
	"errors"
	"slices"
	"time"
)

// An Action says what a generation's program does.
type Action string

// The actions. Those of a home are Switch and Test.
const (
	Switch      Action = "switch"       // activate it, and start it from now on
	Boot        Action = "boot"         // start it from now on
	Test        Action = "test"         // activate it, until the machine starts again
	DryActivate Action = "dry-activate" // say what Switch would do
)

// setsProfile reports whether the profile leads to the generation afterwards.
func (a Action) setsProfile() bool { return a == Switch || a == Boot }

// A Kind is a kind of generations.
type Kind uint8

// The kinds.
const (
	NixOS Kind = iota
	Home
)

// Program returns the command that activates a generation, or one of its specialisations.
func (k Kind) Program(path, specialisation string, a Action) []string {
	if specialisation != "" {
		path += "/specialisation/" + specialisation
	}
	if k == Home {
		return []string{path + "/activate", "--driver-version", "1"} // 1: the profile is ours to set
	}
	return []string{path + "/bin/switch-to-configuration", string(a)}
}

// name is what messages call the kind.
func (k Kind) name() string {
	if k == Home {
		return "Home Manager"
	}
	return "NixOS"
}

// noun is what messages call what a profile has generations of.
func (k Kind) noun() string {
	if k == Home {
		return "home"
	}
	return "machine"
}

// A Generation is one state of a machine.
type Generation struct {
	Number  int
	Path    string    // the store path that it leads to
	Created time.Time // when its link was made
}

// A State is what a machine has and runs.
type State struct {
	Generations []Generation // sorted by their numbers
	Current     int          // the generation that the profile leads to; 0 if there is none
	Active      string       // the store path that is active; "" if it is not known
}

// generation returns the generation with a number; the zero Generation if there is none.
func (s *State) generation(number int) Generation {
	for _, g := range s.Generations {
		if g.Number == number {
			return g
		}
	}
	return Generation{}
}

// last returns the highest number of a generation; 0 if there is none.
func (s *State) last() int {
	if n := len(s.Generations); n > 0 {
		return s.Generations[n-1].Number
	}
	return 0
}

// A Host is where a profile is, and where programs of generations run. Its methods are the
// steps: each is done as a whole or not at all, also by a process that is killed.
type Host interface {
	// Lock keeps other runs away that switch the machine, until unlock is called or the
	// process ends.
	Lock(ctx context.Context) (unlock func(), err error)
	// Busy reports whether another run has the lock.
	Busy(ctx context.Context) (bool, error)
	// Look returns what is there.
	Look(ctx context.Context) (*State, error)
	// Set makes the profile lead to a store path, by a new generation unless the newest one
	// leads there.
	Set(ctx context.Context, path string) error
	// SwitchTo makes the profile lead to a generation that is there; 0 removes it.
	SwitchTo(ctx context.Context, number int) error
	// Delete deletes links of generations, none of which is the current one.
	Delete(ctx context.Context, numbers []int) error
	// ReadIntent returns what WriteIntent has written; nil if there is nothing.
	ReadIntent(ctx context.Context) ([]byte, error)
	// IntentFile returns the name of the file beside the profile that WriteIntent writes.
	IntentFile() string
	// WriteIntent keeps a text beside the profile; nil deletes it.
	WriteIntent(ctx context.Context, text []byte) error
	// Entries returns the names in a folder of the machine, sorted; none if there is no folder.
	Entries(ctx context.Context, dir string) ([]string, error)
	// Missing returns the file for lack of which a program of the machine cannot be run: the
	// program or what interprets it; "" if both are there.
	Missing(ctx context.Context, program string) (file string, err error)
	// Run runs a program of a generation, and returns its status.
	Run(ctx context.Context, argv []string, env []string) (status int, err error)
}

// A Machine is what is switched.
type Machine struct {
	Kind Kind
	Host Host
	Say  func(text string) // is told what becomes of the profile; nil tells nobody
}

func (m *Machine) say(text string) {
	if m.Say != nil {
		m.Say(text)
	}
}

// A Plan says what a machine is switched to.
type Plan struct {
	Action         Action
	Path           string   // a store path, of which there may be no generation yet
	Number         int      // in its place: a generation that is there
	Specialisation string   // of the generation, that is activated; "" is none
	Env            []string // variables of the program, NAME=VALUE
}

// ErrNoGeneration is the error about a generation that is not there.
var ErrNoGeneration = errors.New("there is no such generation")

// sortGenerations sorts generations by their numbers.
func sortGenerations(list []Generation) {
	slices.SortFunc(list, func(a, b Generation) int { return a.Number - b.Number })
}

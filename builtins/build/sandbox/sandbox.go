// Package sandbox starts builders: processes that see nothing but what they are given.
//
//	Spec      what is run, and what it sees
//	Root      the file system of a builder in a sandbox, and its namespaces
//	Start     starts a builder;  Process  one that runs
//	View      the machine with a store that is elsewhere;  RunBeside  runs a program that sees it
//	Probe     why there is no sandbox on this system
//	Main      the first thing that a program does which starts builders
//
// Go runs nothing of the program between fork and exec. So a builder is started in two
// steps: the program starts itself once more, in new namespaces, and this stage makes
// mounts, gives up rights, and becomes the builder. Main is where the stage begins; a
// program that does not call it cannot start builders.
//
// A sandbox needs Linux. Elsewhere, builders are started without one.
package sandbox

// This file defines Spec and Root, and how they reach the stage.

import (
	"encoding/json"
	"errors"
)

// A Spec says what is run.
type Spec struct {
	Path text   // the program, as the builder sees it
	Args []text // the first is the name of the program
	Env  []text // NAME=VALUE
	Dir  text   // the current folder, as the builder sees it

	System        text // of the derivation; 32-bit ones are told that the machine has 32 bits
	Filter        bool // system calls that no store object can show the effects of are refused
	NewPrivileges bool // programs that are set-user-id may have an effect

	Root *Root // nil: no sandbox
	View *View // nil: files are where they are; not with Root
}

// A View is the file system of the machine for a program that is no builder, but for a store, which
// it sees where its paths say.
type View struct {
	Store, Real text // the store directory, and where it is
	scratch     text // an empty folder of the machine, on which a root is made if there is no folder Store
}

// MarshalJSON implements json.Marshaler.
func (v *View) MarshalJSON() ([]byte, error) { return json.Marshal([]text{v.Store, v.Real, v.scratch}) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *View) UnmarshalJSON(data []byte) error {
	var parts [3]text
	err := json.Unmarshal(data, &parts)
	v.Store, v.Real, v.scratch = parts[0], parts[1], parts[2]
	return err
}

// A Root is the file system of a builder in a sandbox, and its namespaces.
type Root struct {
	Dir     text   // on the disk; becomes /
	Store   text   // the store directory, a folder below Dir
	Binds   []Bind // in this order
	Network bool   // the network is that of the machine
	ShmSize text   // of /dev/shm, as the option size of tmpfs
	KVM     bool   // /dev/kvm is there, if the machine has it

	UID, GID int // of the builder, as it sees them
}

// A Bind is a file or folder of the machine that the builder sees.
type Bind struct {
	Source, Target text
	Optional       bool // nothing is there if the source is not
}

// A text is a string of bytes, whatever their encoding: JSON has them as base64.
type text string

// MarshalJSON implements json.Marshaler.
func (t text) MarshalJSON() ([]byte, error) { return json.Marshal([]byte(t)) }

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(data []byte) error {
	var b []byte
	err := json.Unmarshal(data, &b)
	*t = text(b)
	return err
}

// Texts returns strings as a Spec has them.
func Texts(list []string) []text {
	out := make([]text, len(list))
	for i, s := range list {
		out[i] = text(s)
	}
	return out
}

// Text returns a string as a Spec has it.
func Text(s string) text { return text(s) }

// ErrUnsupported is the error of a sandbox on a system that has none.
var ErrUnsupported = errors.New("builds are not sandboxed on this system: that needs Linux")

// A SetupError says why the stage did not become the builder.
type SetupError struct{ Msg string }

func (e *SetupError) Error() string { return e.Msg }

package report

// This file defines notes about the inputs of flakes.

import (
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/pattern"
)

// updatedInput matches the step that leads to what is wrong with an input. unknownFlake matches
// the message about a name that no registry has.
var (
	updatedInput = pattern.New(`^while updating the flake input '([^']*)'$`)
	unknownFlake = pattern.New(`^cannot find flake 'flake:([^']*)' in the flake registries$`)
)

// flakeInput says which input of a flake the error is about, and for a name that is not known,
// what to do.
func (r *reporter) flakeInput() {
	input := ""
	for _, f := range r.err.Frames {
		if m := updatedInput.FindStringSubmatch(f.Text()); m != nil {
			input = m[1]
		}
	}
	unknown := ""
	if m := unknownFlake.FindStringSubmatch(r.err.Msg); m != nil && r.out.is(core.CodeFlakeReference) {
		unknown = m[1]
	}
	switch {
	case input != "" && input == unknown:
		r.note("outputs in flake.nix takes '" + input + "', and inputs." + input + ".url does not say where it is")
	case input != "":
		r.note("this is about the input '" + input + "' of the flake")
	}
	if unknown != "" {
		r.note("firn registry list shows the names that are known; github:OWNER/REPO needs none")
	}
}

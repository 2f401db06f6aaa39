package build

// This file defines why a derivation cannot be built on this machine.

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// rejected returns why a derivation cannot be built on this machine; nil if it can.
func (b *Builder) rejected(d *drv.Derivation, drvPath string) error {
	opts, err := b.optionsOf(d)
	if err != nil {
		return err
	}
	msg := ""
	if b.Jobs == 0 {
		msg += "\nReason: local builds are disabled (max-jobs = 0)\nHint: set 'max-jobs' to a non-zero value to enable local builds, or configure remote builders via 'builders'"
	}
	if d.System != b.System && !slices.Contains(b.OtherSystems, d.System) && !isBuiltin(d) {
		msg += fmt.Sprintf("\nReason: platform mismatch\nRequired system: '%s'\nCurrent system: '%s'", d.System, b.System)
	}
	has := map[string]bool{}
	for _, f := range b.Features {
		has[f] = true
	}
	for f := range opts.features {
		if !has[f] {
			msg += fmt.Sprintf("\nReason: missing system features\nRequired features: {%s}\nAvailable features: {%s}",
				strings.Join(sorted(opts.features), ", "), strings.Join(sorted(has), ", "))
			break
		}
	}
	if msg == "" {
		return nil
	}
	return &Error{Status: InputRejected, Drv: drvPath, Msg: fmt.Sprintf("Cannot build '%s'.%s", drvPath, msg)}
}

// isBuiltin reports whether no program builds a derivation, but this one.
func isBuiltin(d *drv.Derivation) bool { return strings.HasPrefix(d.Builder, "builtin:") }

// knownOutputs returns the part of an error that says which outputs there are not.
func knownOutputs(d *drv.Derivation) string {
	paths := map[string]bool{}
	for i := range d.Outputs {
		if p := d.Outputs[i].Path; p != "" {
			paths[p] = true
		}
	}
	if len(paths) == 0 {
		return ""
	}
	return "\nOutput paths:\n  " + strings.Join(slices.Sorted(maps.Keys(paths)), "\n  ")
}

// orderOf returns what derivations are built in the order of: their names, and then their
// paths.
func orderOf(drvPath string) string {
	base := drvPath[strings.LastIndexByte(drvPath, '/')+1:]
	_, name, _ := strings.Cut(base, "-")
	return name + "$" + drvPath
}

// isDerivation reports whether a path is that of a derivation.
func isDerivation(path string) bool { return strings.HasSuffix(path, storepath.DrvExtension) }

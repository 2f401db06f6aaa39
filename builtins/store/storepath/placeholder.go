package storepath

// This file defines placeholders: texts that the builder finds in place of paths that evaluation does not know.

import (
	"crypto/sha256"

	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// OutputPlaceholder returns what stands for the path of an output inside its own derivation: builtins.placeholder.
func OutputPlaceholder(output string) string {
	return newPlaceholder("nix-output:" + output).Text()
}

// A Placeholder stands for the path of an output of another derivation: one whose outputs are content-addressed, or
// that depends on such outputs.
type Placeholder [sha256.Size]byte

func newPlaceholder(text string) Placeholder { return sha256.Sum256([]byte(text)) }

// UnknownOutput returns the placeholder for an output of the derivation drv, whose output paths are not known.
func UnknownOutput(drv Path, output string) (Placeholder, error) {
	name, err := drv.DrvName()
	if err != nil {
		return Placeholder{}, errorf("no placeholder for output '%s': %w", output, err)
	}
	return newPlaceholder("nix-upstream-output:" + drv.Hash() + ":" + OutputName(name, output)), nil
}

// Output returns the placeholder for an output of the derivation that p stands for (dynamic derivations).
func (p Placeholder) Output(output string) Placeholder {
	folded := nixhash.Compress(p[:])
	return newPlaceholder("nix-computed-output:" + nixhash.EncodeNix32(folded[:]) + ":" + output)
}

// Text returns the placeholder as it stands in strings: a slash and nix32.
func (p Placeholder) Text() string { return "/" + nixhash.EncodeNix32(p[:]) }

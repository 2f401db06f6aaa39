package buildenv

// This file defines Recipe: how a derivation says what is in a user environment.

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// A Recipe is what a derivation whose builder is builtin:buildenv says in its environment.
type Recipe struct {
	Packages []Package
	Manifest string // path of the text that manifest.nix leads to
}

// ParseRecipe reads the environment of a derivation. The variable derivations has the words
// ACTIVE PRIORITY COUNT PATH... for each element, with as many paths as COUNT says.
func ParseRecipe(env func(name string) (string, bool)) (r Recipe, err error) {
	text, ok := env("derivations")
	if !ok {
		return r, fmt.Errorf("attribute '%s' missing", "derivations")
	}
	if r.Manifest, ok = env("manifest"); !ok {
		return r, fmt.Errorf("attribute '%s' missing", "manifest")
	}
	words := strings.Fields(text)
	next := func() (word string) {
		if len(words) == 0 {
			err = fmt.Errorf("the attribute 'derivations' of a user environment ends too early")
			return ""
		}
		word, words = words[0], words[1:]
		return word
	}
	number := func() int {
		word := next()
		n, bad := strconv.Atoi(word)
		if bad != nil && err == nil {
			err = fmt.Errorf("the attribute 'derivations' of a user environment has '%s' in place of a number", word)
		}
		return n
	}
	for len(words) > 0 && err == nil {
		p := Package{Inactive: next() == "false", Priority: number()}
		for range number() {
			if p.Path = next(); err != nil {
				break
			}
			r.Packages = append(r.Packages, p)
		}
	}
	return r, err
}

// Build makes the user environment of a derivation on the disk, at the path of its output.
// opt.Out is set by it.
func (r Recipe) Build(ctx context.Context, out string, opt Options) error {
	opt.Out = out
	tree, err := Plan(ctx, r.Packages, opt)
	if err != nil {
		return err
	}
	tree.AddLink("manifest.nix", r.Manifest)
	return tree.Write(out)
}

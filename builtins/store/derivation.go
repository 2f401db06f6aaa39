package store

// This file defines how derivations are read from a store.

import (
	"context"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/eval/world"
)

// ReadDerivation returns the derivation at a valid path of a store that has files.
func ReadDerivation(ctx context.Context, s Store, path string) (*drv.Derivation, error) {
	valid, err := s.IsValid(ctx, path)
	if err != nil {
		return nil, err
	}
	files := s.Files()
	if !valid || files == nil {
		return nil, &InvalidPathError{Path: path}
	}
	text, err := world.ReadFile(ctx, files, path, world.NoLimit)
	if err != nil {
		return nil, err
	}
	return drv.ParseFile(s.Dir(), path, string(text))
}

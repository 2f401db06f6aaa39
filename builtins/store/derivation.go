package store

// This file defines how derivations are read from a store.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/world"
)

// maxDerivation is how large a derivation may be that is read, in bytes.
const maxDerivation = 256 << 20

// ReadDerivation returns the derivation at a valid path of a store.
func ReadDerivation(ctx context.Context, s Store, path string) (*drv.Derivation, error) {
	if !strings.HasSuffix(path, storepath.DrvExtension) {
		return nil, fmt.Errorf("store path '%s' is not a valid derivation path", path)
	}
	valid, err := s.IsValid(ctx, path)
	if err == nil && !valid {
		err = &InvalidPathError{Path: path}
	}
	if err != nil {
		return nil, err
	}
	var text derivationText
	if files := s.Files(); files != nil {
		var data []byte
		data, err = world.ReadFile(ctx, files, path, maxDerivation)
		text = derivationText(data)
	} else {
		r := OpenNAR(ctx, s, path)
		defer r.Close()
		err = nar.Read(r, &text)
	}
	if err != nil {
		return nil, err
	}
	return drv.ParseFile(s.Dir(), path, string(text))
}

// derivationText is the text of an archive that is one file.
type derivationText string

func (*derivationText) Directory(string) error {
	return errors.New("a derivation is no directory")
}

func (*derivationText) Symlink(string, string) error {
	return errors.New("a derivation is no symbolic link")
}

func (t *derivationText) File(_ string, _ bool, size int64, contents io.Reader) error {
	if size > maxDerivation {
		return fmt.Errorf("a derivation of %d bytes is too large", size)
	}
	data, err := io.ReadAll(contents)
	*t = derivationText(data)
	return err
}

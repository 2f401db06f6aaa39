package cache

// This file defines realisations in a binary cache: one file each.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
)

// maxRealisation is how large the file of a realisation may be, in bytes.
const maxRealisation = 4 << 20

// Realisations implements store.Store.
func (s *Store) Realisations() store.Realisations { return realisations{s} }

// realisations are those of a Store.
type realisations struct{ s *Store }

// Realisation implements store.Realisations. What the file says of its id does not count:
// files of other versions have none.
func (r realisations) Realisation(ctx context.Context, id store.OutputID) (*store.Realisation, error) {
	name, err := realisationFile(id)
	if err != nil {
		return nil, err
	}
	text, err := r.s.read(ctx, name, maxRealisation)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	found, err := store.ParseRealisation(r.s.dir, text)
	if err != nil {
		return nil, fmt.Errorf("file '%s' of binary cache '%s': %w", name, r.s.uri, err)
	}
	found.ID = id
	return found, nil
}

// AddRealisation implements store.Realisations. A file that is there is replaced, as the
// reference does.
func (r realisations) AddRealisation(ctx context.Context, add *store.Realisation) error {
	name, err := realisationFile(add.ID)
	if err != nil {
		return err
	}
	if err := r.s.begin(ctx); err != nil {
		return err
	}
	return r.s.put(ctx, name, "application/json", strings.NewReader(add.JSON()))
}

// realisationFile returns the name of the file of a realisation.
func realisationFile(id store.OutputID) (string, error) {
	if id.IsZero() || strings.ContainsAny(id.Output, "/\\\x00") {
		return "", errors.New("'" + id.String() + "' is not the id of a realisation")
	}
	return "realisations/" + id.String() + ".doi", nil
}

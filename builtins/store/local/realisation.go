package local

// This file defines realisations in the database: which paths outputs have that follow from
// their contents.

import (
	"context"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// Realisations implements store.Store: nil unless the database has the tables for them.
func (s *Store) Realisations() store.Realisations {
	if !s.opts.CADerivations {
		return nil
	}
	return realisations{s}
}

// realisations are those of a Store.
type realisations struct{ s *Store }

// Realisation implements store.Realisations.
func (r realisations) Realisation(ctx context.Context, id store.OutputID) (found *store.Realisation, err error) {
	err = r.s.readers.with(ctx, func(db *database) error {
		_, found, err = realisationOf(db, id)
		return err
	})
	return found, err
}

// realisationOf returns the row of a realisation and its number; nil if there is none.
func realisationOf(db *database, id store.OutputID) (number int64, found *store.Realisation, err error) {
	err = db.query("select r.id, v.path, r.signatures from Realisations r join ValidPaths v on v.id = r.outputPath where r.drvPath = ? and r.outputName = ?", func(r row) error {
		number = r.int(0)
		found = &store.Realisation{ID: id, Path: r.text(1)}
		if sigs := strings.Fields(r.text(2)); len(sigs) > 0 {
			found.Signatures = sigs
		}
		return nil
	}, id.Hash.Prefixed(nixhash.Base16), id.Output)
	return number, found, err
}

// AddRealisation implements store.Realisations.
func (r realisations) AddRealisation(ctx context.Context, add *store.Realisation) error {
	if r.s.opts.ReadOnly {
		return store.ErrReadOnly
	}
	// Most are known already, and the writer need not be asked.
	if known, err := r.Realisation(ctx, add.ID); err != nil || known != nil && known.Path == add.Path && !lacks(known.Signatures, add.Signatures) {
		return err
	}
	return r.s.writer.do(ctx, func(db *database) error { return addRealisation(db, add) })
}

// lacks reports whether a list lacks something that another one has.
func lacks(list, other []string) bool {
	return slices.ContainsFunc(other, func(s string) bool { return !slices.Contains(list, s) })
}

// addRealisation adds a realisation, within a transaction.
func addRealisation(db *database, add *store.Realisation) error {
	number, known, err := realisationOf(db, add.ID)
	switch {
	case err != nil:
		return err
	case known == nil:
		path, err := idOf(db, add.Path)
		if err != nil {
			return err
		}
		if path == 0 {
			return &store.InvalidPathError{Path: add.Path}
		}
		return db.exec("insert into Realisations (drvPath, outputName, outputPath, signatures) values (?, ?, ?, ?)",
			add.ID.Hash.Prefixed(nixhash.Base16), add.ID.Output, path, strings.Join(add.Signatures, " "))
	case known.Path != add.Path:
		return &store.ConflictError{ID: add.ID, Known: known.Path, New: add.Path}
	}
	all := slices.Concat(known.Signatures, add.Signatures)
	slices.Sort(all)
	return db.exec("update Realisations set signatures = ? where id = ?", strings.Join(slices.Compact(all), " "), number)
}

//go:build !(linux || darwin || freebsd)

package local

// This file defines the database of systems without one. Open fails before it is
// used.

import (
	"context"
	"errors"
)

type (
	database struct{}
	row      struct{}
	nullable string
)

func (row) text(int) string { return "" }
func (row) int(int) int64   { return 0 }

func openDB(string, access) (*database, error) { return nil, errors.ErrUnsupported }

func (*database) close() error                                         { return nil }
func (*database) within(context.Context) func()                        { return func() {} }
func (*database) script(string) error                                  { return errors.ErrUnsupported }
func (*database) exec(string, ...any) error                            { return errors.ErrUnsupported }
func (*database) query(string, func(row) error, ...any) error          { return errors.ErrUnsupported }
func (*database) lastID() int64                                        { return 0 }
func (*database) savepoint(func() error) error                         { return errors.ErrUnsupported }
func (*database) checkpoint() error                                    { return errors.ErrUnsupported }
func (*database) transact(context.Context, func(), func() error) error { return errors.ErrUnsupported }
func explain(_ context.Context, err error) error                       { return err }
func (*database) read(func() error) error                              { return errors.ErrUnsupported }
func isConstraint(error) bool                                          { return false }

//go:build linux || darwin || freebsd

package local

// This file defines a connection to the database. It is the only one that knows
// the engine.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// A database is a connection. It belongs to one goroutine at a time.
type database struct {
	c    *sqlite.Conn
	path string // of the file
	// ended ends what the connection does, once it is closed. The library waits for it
	// in a goroutine; nil before the first work that can end.
	ended chan struct{}
}

// A row is a row of a result, valid until the function that it was given to
// returns.
type row struct{ stmt *sqlite.Stmt }

func (r row) text(i int) string { return r.stmt.ColumnText(i) }
func (r row) int(i int) int64   { return r.stmt.ColumnInt64(i) }

// pragmas are the reference's; the cache of the writer is what it checkpoints.
const pragmas = `pragma foreign_keys = 1;
pragma synchronous = normal;
pragma temp_store = memory;
pragma journal_size_limit = 1099511627776;
pragma wal_autocheckpoint = 40000;
`

// openDB opens the database at path. Its errors name path.
func openDB(path string, a access) (*database, error) {
	flags := sqlite.OpenReadWrite
	switch a {
	case readOnly:
		flags = sqlite.OpenReadOnly
	case create:
		flags |= sqlite.OpenCreate
	}
	c, err := sqlite.OpenConn(path, flags)
	if err != nil {
		return nil, &databaseError{path, err}
	}
	c.SetBlockOnBusy() // for as long as the context of the work lasts
	db := &database{c: c, path: path}
	if a == readOnly {
		return db, nil
	}
	err = db.script(pragmas)
	if err == nil {
		err = db.setWAL()
	}
	if err != nil {
		return nil, errors.Join(err, db.close())
	}
	return db, nil
}

// setWAL sets the journal mode, which is written only if it is another one.
func (db *database) setWAL() error {
	mode := ""
	err := db.query("pragma main.journal_mode", func(r row) error { mode = r.text(0); return nil })
	if err != nil || mode == "wal" {
		return err
	}
	return db.query("pragma main.journal_mode = wal", func(row) error { return nil })
}

func (db *database) close() error { return db.c.Close() }

// within makes what the connection does end when ctx is done, until the function
// that it returns is called.
//
// The channel that the library waits for stays the same for all work, for to change
// it takes a goroutine, and longer than a look-up.
func (db *database) within(ctx context.Context) func() {
	if ctx.Done() == nil {
		return func() {}
	}
	if db.ended == nil {
		db.ended = make(chan struct{})
		db.c.SetInterrupt(db.ended)
	}
	ended := db.ended
	stop := context.AfterFunc(ctx, func() { close(ended) })
	return func() {
		if !stop() {
			<-ended
			db.endless()
		}
	}
}

// endless makes sure that nothing ends what the connection does, until within is
// called again.
func (db *database) endless() {
	db.c.SetInterrupt(nil)
	db.ended = nil
}

// script runs statements that have no results.
func (db *database) script(text string) error {
	for len(text) > 0 {
		stmt, rest, err := db.c.PrepareTransient(text)
		if err != nil {
			return &databaseError{db.path, err}
		}
		if stmt == nil {
			return nil
		}
		text = text[len(text)-rest:]
		for more := true; more && err == nil; {
			more, err = stmt.Step()
		}
		if err = errors.Join(err, stmt.Finalize()); err != nil {
			return &databaseError{db.path, err}
		}
		if text == "\n" || text == "" {
			break
		}
	}
	return nil
}

// exec runs a statement that has no result.
func (db *database) exec(text string, args ...any) error { return db.query(text, nil, args...) }

// query runs a statement, and fn for each row of the result. A nil argument, and
// the text in a nullable that is empty, are NULL.
func (db *database) query(text string, fn func(row) error, args ...any) (err error) {
	stmt, err := db.c.Prepare(text)
	if err != nil {
		return &databaseError{db.path, err}
	}
	defer func() {
		if e := stmt.Reset(); err == nil && e != nil {
			err = &databaseError{db.path, e}
		}
	}()
	for i, arg := range args {
		bind(stmt, i+1, arg)
	}
	for {
		more, err := stmt.Step()
		if err != nil {
			return &databaseError{db.path, err}
		}
		if !more {
			return nil
		}
		if fn != nil {
			if err := fn(row{stmt}); err != nil {
				return err
			}
		}
	}
}

// A databaseError is an error of the engine, with the file that it is about.
type databaseError struct {
	path string
	err  error
}

func (e *databaseError) Unwrap() error { return e.err }

// Error says what is wrong with the file, and what can be done about it.
func (e *databaseError) Error() string {
	code := sqlite.ErrCode(e.err)
	reason := code.ToPrimary().Message()
	switch code.ToPrimary() {
	case sqlite.ResultNotADB, sqlite.ResultCorrupt:
		return fmt.Sprintf("the database '%s' of the store is damaged: %s\n"+
			"Put a copy of it back; or move it and the file schema beside it away, and register with 'nix-store --load-db' what 'nix-store --dump-db' once printed.", e.path, reason)
	case sqlite.ResultCantOpen:
		if _, err := os.Stat(e.path); errors.Is(err, fs.ErrNotExist) {
			return fmt.Sprintf("the database '%s' of the store is gone, although the file schema beside it is there", e.path)
		}
		return fmt.Sprintf("cannot open the database '%s' of the store", e.path)
	case sqlite.ResultError:
		_, detail, _ := strings.Cut(e.err.Error(), reason+": ")
		return fmt.Sprintf("'%s' is not the database of a store: %s", e.path, detail)
	}
	return fmt.Sprintf("%s (in '%s')", reason, e.path)
}

// A nullable is a text for which the empty one is NULL.
type nullable string

// bind gives a parameter its value.
func bind(stmt *sqlite.Stmt, i int, arg any) {
	switch arg := arg.(type) {
	case string:
		stmt.BindText(i, arg)
	case int64:
		stmt.BindInt64(i, arg)
	case nullable:
		if arg == "" {
			stmt.BindNull(i)
		} else {
			stmt.BindText(i, string(arg))
		}
	case nil:
		stmt.BindNull(i)
	default:
		panic(fmt.Sprintf("a %T is no value of the database", arg))
	}
}

// lastID returns the number of the row that was inserted last.
func (db *database) lastID() int64 { return db.c.LastInsertRowID() }

// transact runs fn in a transaction that has the right to write from the start,
// so that it waits once, and cannot fail for its waiting later. busy, if not nil,
// is called when that takes long.
func (db *database) transact(ctx context.Context, busy func(), fn func() error) (err error) {
	defer db.within(ctx)()
	if busy != nil {
		timer := time.AfterFunc(busyNote, busy)
		defer timer.Stop()
	}
	if err := db.exec("begin immediate"); err != nil {
		return explain(ctx, err)
	}
	if err := fn(); err != nil {
		db.endless() // for ctx would end this as well
		return errors.Join(explain(ctx, err), db.exec("rollback"))
	}
	if err := db.exec("commit"); err != nil {
		db.endless()
		if !db.c.AutocommitEnabled() {
			err = errors.Join(err, db.exec("rollback"))
		}
		return explain(ctx, err)
	}
	return nil
}

// busyNote is how long a transaction waits for others before it says so.
const busyNote = 10 * time.Second

// explain returns the error of the context if it is what ended the work.
func explain(ctx context.Context, err error) error {
	if sqlite.ErrCode(err).ToPrimary() == sqlite.ResultInterrupt || sqlite.ErrCode(err).ToPrimary() == sqlite.ResultBusy {
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
	}
	return err
}

// savepoint runs fn, and undoes what it did if it fails; the transaction goes on.
func (db *database) savepoint(fn func() error) (err error) {
	release := sqlitex.Save(db.c)
	defer release(&err)
	return fn()
}

// read runs fn, whose queries all see one state of the database.
func (db *database) read(fn func() error) error {
	if err := db.exec("begin"); err != nil {
		return err
	}
	return errors.Join(fn(), db.exec("commit"))
}

// isConstraint reports whether an error is that a row must not be, or go.
func isConstraint(err error) bool {
	return sqlite.ErrCode(err).ToPrimary() == sqlite.ResultConstraint
}

package storecmd

// This file defines how files are listed: those of a store, or of an archive.

import (
	"fmt"
	"path"

	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nar/listing"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// listFlags are how files are listed.
type listFlags struct {
	Recursive bool `short:"R" help:"List what is in folders, too."`
	Long      bool `short:"l" help:"Print type and size."`
	Directory bool `short:"d" help:"List a folder itself, and not what is in it."`
	jsonFlags
}

// errDirectoryJSON is the error of two flags that do not go together.
var errDirectoryJSON = dropin.Usage("'--directory' is useless with '--json'")

// list prints an entry, which is at a path of its archive.
func (e *Env) list(entry *listing.Entry, at string, f listFlags) error {
	if f.JSON {
		if f.Directory {
			return errDirectoryJSON
		}
		text, err := entry.AppendJSON(nil, f.Recursive)
		if err != nil {
			return err
		}
		e.Lines(string(text))
		return nil
	}
	switch {
	case entry.Kind != nar.Directory:
		name := path.Base("/" + at)
		if name == "/" {
			name = ""
		}
		e.listOne(entry, name, f)
	case f.Directory:
		e.listOne(entry, ".", f)
	default:
		e.listAll(entry, ".", f)
	}
	return nil
}

// listAll prints what is in a directory.
func (e *Env) listAll(dir *listing.Entry, name string, f listFlags) {
	for _, child := range dir.Entries {
		e.listOne(child, name+"/"+child.Name, f)
	}
}

// listOne prints an entry, and what is in it if that is wanted.
func (e *Env) listOne(entry *listing.Entry, name string, f listFlags) {
	line := name
	if f.Long {
		kind := "-r--r--r--"
		switch {
		case entry.Kind == nar.Directory:
			kind = "dr-xr-xr-x"
		case entry.Kind == nar.Symlink:
			kind = "lrwxrwxrwx"
		case entry.Executable:
			kind = "-r-xr-xr-x"
		}
		line = fmt.Sprintf("%s %20d %s", kind, entry.Size, name)
		if entry.Kind == nar.Symlink {
			line += " -> " + entry.Target
		}
	}
	e.Lines(line)
	if f.Recursive && entry.Kind == nar.Directory {
		e.listAll(entry, name, f)
	}
}

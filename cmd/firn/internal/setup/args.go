package setup

// This file defines the arguments that command lines have for functions, and what
// commands ask of files.

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// An Arg is an argument for functions that the command line evaluates.
type Arg struct {
	Name, Value string
	From        ArgSource
}

// An ArgSource says what the Value of an Arg is.
type ArgSource uint8

const (
	FromExpr  ArgSource = iota // an expression
	FromText                   // the string itself
	FromFile                   // a file, of which the contents are the string
	FromStdin                  // "": standard input has the string
	FromData                   // a file of JSON, TOML or YAML, whose value it is
)

// Arguments returns the set of arguments. Of those with the same name the last counts.
func Arguments(c *core.Call, s *Streams, args []Arg) (heap.Value, error) {
	last := map[string]Arg{}
	var names []string
	for _, a := range args {
		if _, ok := last[a.Name]; !ok {
			names = append(names, a.Name)
		}
		last[a.Name] = a
	}
	slices.Sort(names)
	var entries []heap.Entry
	for _, name := range names {
		v, err := s.argument(c, last[name])
		if err != nil {
			return 0, err
		}
		entries = append(entries, heap.Entry{Name: c.Intern(name), Value: v})
	}
	return c.Heap().AttrsOf(entries), nil
}

func (s *Streams) argument(c *core.Call, a Arg) (heap.Lazy, error) {
	text := a.Value
	switch a.From {
	case FromExpr:
		return c.DelayText(s.TextName("--arg "+a.Name), text, s.Dir)
	case FromData:
		v, err := s.Data(c, text)
		return heap.Lazy(v), err
	case FromFile:
		data, err := world.ReadFile(c.Ctx(), s.Host, s.Absolute(text), world.NoLimit)
		if errors.Is(err, world.ErrNotRegular) {
			data, err = os.ReadFile(world.OSPath(s.Absolute(text))) // as <(command) of a shell, which is worth waiting for
		}
		if err != nil {
			return 0, FileError(text, err)
		}
		text = string(data)
	case FromStdin:
		data, err := io.ReadAll(s.In)
		if err != nil {
			return 0, err
		}
		text = string(data)
	}
	v, err := c.NewString(text, 0)
	return heap.Lazy(v), err
}

// FileError says, in the reference's words, why a file could not be opened.
func FileError(file string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &settings.Message{Format: "opening file %s: %s", Args: []any{`"` + file + `"`, "No such file or directory"}}
	}
	return err
}

// exists reports whether there is a file at path, following links.
func (s *Streams) exists(file string) bool {
	ctx := context.Background()
	real, err := world.NewLinks(s.Host).Resolve(ctx, nil, world.Clean(file), false)
	if err == nil {
		_, err = s.Host.Lstat(ctx, real)
	}
	return err == nil
}

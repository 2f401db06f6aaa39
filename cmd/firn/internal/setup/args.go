package setup

// This file defines the arguments that command lines have for functions, and what
// commands ask of files.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/world"
)

// An Arg is an argument for functions that the command line evaluates.
type Arg struct {
	Name, Value string
	From        ArgSource
	Flag        string // that gave it, for messages; "" is --arg

	contents *string // of the file or of standard input, if Key has read it
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

// Arguments returns the arguments by name, as Value.AutoCall takes them. Of those with the
// same name the last counts. Expressions are parsed, but not evaluated.
func Arguments(ctx context.Context, ev *eval.Evaluator, s *Streams, args []Arg) (map[string]any, error) {
	last := map[string]Arg{}
	for _, a := range args {
		last[a.Name] = a
	}
	out := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(last)) {
		v, err := s.argument(ctx, ev, last[name])
		if err != nil {
			return nil, err
		}
		// The evaluator meets the name here, as in the reference: the order of names decides
		// which attribute of a set is evaluated first.
		if _, err := ev.Encode(ctx, map[string]any{name: v}); err != nil {
			return nil, err
		}
		out[name] = v
	}
	return out, nil
}

// argument returns the value of an argument, for Value.AutoCall.
func (s *Streams) argument(ctx context.Context, ev *eval.Evaluator, a Arg) (any, error) {
	switch {
	case a.contents != nil && a.From == FromData:
		return s.DataText(ctx, ev, a.Value, []byte(*a.contents))
	case a.contents != nil:
		return *a.contents, nil
	}
	switch a.From {
	case FromExpr:
		return ev.Delay(ctx, eval.Text{Name: s.TextName(cmp.Or(a.Flag, "--arg") + " " + a.Name), Source: a.Value, Dir: s.Dir})
	case FromData:
		return s.Data(ctx, ev, a.Value)
	case FromFile:
		data, err := s.ReadNamed(ctx, a.Value)
		if err != nil {
			return nil, FileError(a.Value, err)
		}
		return string(data), nil
	case FromStdin:
		data, err := io.ReadAll(s.In)
		return string(data), err
	default:
		return a.Value, nil
	}
}

// ReadNamed returns the contents of a file that the command line names. What a shell puts in
// place of <(command) is read to its end; other pipes and devices, which may have none, are
// errors.
func (s *Streams) ReadNamed(ctx context.Context, name string) ([]byte, error) {
	if !IsDescriptor(name) {
		return world.ReadFile(ctx, s.Host, s.Absolute(name), world.NoLimit)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Mode()&fs.ModeDevice != 0 && !term.IsTerminal(int(f.Fd())) {
		return nil, fmt.Errorf("'%s' is a device, which may never end", name)
	}
	return io.ReadAll(f)
}

// IsDescriptor reports whether a path is that of an open file, such as a shell's
// <(command), rather than of one that has a name.
func IsDescriptor(path string) bool {
	return path == "/dev/stdin" || strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/self/fd/")
}

// FileError says, in the reference's words, why a file could not be opened.
func FileError(file string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &missingFile{settings.Message{Format: "opening file %s: %s", Args: []any{`"` + file + `"`, "No such file or directory"}}}
	}
	return err
}

// A missingFile is the error of a file that is not there.
type missingFile struct{ settings.Message }

// ErrorCode is what firn explain knows the error by.
func (*missingFile) ErrorCode() string { return "missing-file" }

// Unwrap returns the message.
func (m *missingFile) Unwrap() error { return &m.Message }

// exists reports whether there is a file at path, following links.
func (s *Streams) exists(file string) bool {
	ctx := context.Background()
	real, err := world.NewLinks(s.Host).Resolve(ctx, nil, world.Clean(file), false)
	if err == nil {
		_, err = s.Host.Lstat(ctx, real)
	}
	return err == nil
}

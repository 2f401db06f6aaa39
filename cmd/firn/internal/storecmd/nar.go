package storecmd

// This file defines the commands about archives.

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nar/listing"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
)

// NAR are the commands about archives.
type NAR struct {
	Ls       NARList `cmd:"" help:"List what is in an archive."`
	Cat      NARCat  `cmd:"" help:"Print a file of an archive."`
	Pack     NARPack `cmd:"" help:"Write the archive of a file or folder to standard output."`
	DumpPath narDump `cmd:"" hidden:"" help:"Do what pack does."`
}

// NARList lists what is in an archive.
type NARList struct {
	NAR  string `arg:"" name:"nar" help:"The archive."`
	Path string `arg:"" help:"The path in it, such as /."`
	listFlags
}

// Run prints the list.
func (c *NARList) Run(e *Env) error {
	f, err := openNAR(c.NAR)
	if err != nil {
		return err
	}
	defer f.Close()
	root, err := listing.Read(f)
	if err != nil {
		return err
	}
	entry := root.Lookup(c.Path)
	if entry == nil {
		return dropin.Failure("path '%s' does not exist", path.Clean("/"+c.Path))
	}
	return e.list(entry, path.Clean("/"+c.Path), c.listFlags)
}

// openNAR opens the file of an archive.
func openNAR(name string) (*os.File, error) {
	f, err := os.Open(name)
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return nil, dropin.Failure("opening NAR file \"%s\": %s", name, dropin.Reason(pe.Err))
	}
	return f, err
}

// NARCat prints a file of an archive.
type NARCat struct {
	NAR  string `arg:"" name:"nar" help:"The archive."`
	Path string `arg:"" help:"The path of the file in it."`
}

// Run prints the file. All of the archive is read, so that a broken one is an error.
func (c *NARCat) Run(e *Env) error {
	f, err := openNAR(c.NAR)
	if err != nil {
		return err
	}
	defer f.Close()
	v := &catVisitor{want: strings.TrimPrefix(path.Clean("/"+c.Path), "/"), out: e.Text}
	if err := nar.Read(f, v); err != nil {
		return err
	}
	if !v.found {
		return dropin.Failure("NAR does not contain regular file '%s'", c.Path)
	}
	return nil
}

// A catVisitor writes the file of an archive that is at a path.
type catVisitor struct {
	want  string
	out   io.Writer
	found bool
}

func (v *catVisitor) Directory(string) error       { return nil }
func (v *catVisitor) Symlink(string, string) error { return nil }

func (v *catVisitor) File(path string, _ bool, _ int64, contents io.Reader) error {
	if path != v.want {
		return nil
	}
	v.found = true
	_, err := io.Copy(v.out, contents)
	return err
}

// NARPack writes the archive of a file or folder.
type NARPack struct {
	Path string `arg:"" help:"The file or folder."`
}

// Run writes the archive.
func (c *NARPack) Run(e *Env) error {
	out, err := e.narOut()
	if err != nil {
		return err
	}
	return e.WriteNAR(out, c.Path)
}

// narOut returns standard output, unless it is a terminal.
func (e *Env) narOut() (*bufio.Writer, error) {
	if terminal.Of(e.Out, e.Getenv).Is {
		return nil, dropin.Usage("refusing to write NAR to a terminal")
	}
	return e.Text, nil
}

// WriteNAR writes the archive of a file or folder.
func (e *Env) WriteNAR(out io.Writer, name string) error {
	if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		abs, err := filepath.Abs(name)
		if err != nil {
			return err
		}
		return errNoPath(abs)
	}
	return FileError(nar.Write(out, e.archived(), name, nil))
}

// archived returns the files of this machine as archives have them.
func (e *Env) archived() nar.FS {
	if e.Set.Bool("use-case-hack") {
		return nar.UndoCaseHack(nar.OS{})
	}
	return nar.OS{}
}

// narDump is the old name of NARPack.
type narDump struct{ NARPack }

// Run writes the archive.
func (c *narDump) Run(e *Env) error {
	e.Log.Warn("'nix nar dump-path' is a deprecated alias for 'nix nar pack'")
	return c.NARPack.Run(e)
}

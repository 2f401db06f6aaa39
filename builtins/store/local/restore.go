package local

// This file defines how an archive becomes files of the store.

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"github.com/firn-lang/firn/builtins/store/rawfile"
)

// restoreBuffer is how much of a file is written at once.
const restoreBuffer = 64 << 10

var restoreBuffers = sync.Pool{New: func() any { return new([restoreBuffer]byte) }}

// A restorer is a nar.Visitor that makes files with canonical metadata. end must
// be called after the archive.
type restorer struct {
	root string // where the archive's own node becomes a file
	buf  *[restoreBuffer]byte

	// open are the directories on the way to what comes next, as their paths in the
	// archive. They get their mode and times when nothing is added to them any more.
	open  []string
	files int // that were made, of any kind
}

func newRestorer(root string) *restorer {
	return &restorer{root: root, buf: restoreBuffers.Get().(*[restoreBuffer]byte)}
}

// at returns where the file at a path of the archive is, and closes the
// directories that it is not in.
func (r *restorer) at(path string) (string, error) {
	r.files++
	for n := len(r.open); n > 0; n-- {
		dir := r.open[n-1]
		if dir == "" || strings.HasPrefix(path, dir) && path[len(dir)] == '/' {
			break
		}
		r.open = r.open[:n-1]
		if err := seal(r.join(dir)); err != nil {
			return "", err
		}
	}
	return r.join(path), nil
}

func (r *restorer) join(path string) string {
	if path == "" {
		return r.root
	}
	return r.root + string(filepath.Separator) + filepath.FromSlash(path)
}

// seal gives a directory its mode and times.
func seal(dir string) error { return errors.Join(os.Chmod(dir, 0o555), setTimes(dir)) }

// Directory implements nar.Visitor.
func (r *restorer) Directory(path string) error {
	real, err := r.at(path)
	if err != nil {
		return err
	}
	r.open = append(r.open, path)
	return os.Mkdir(real, 0o755)
}

// File implements nar.Visitor.
func (r *restorer) File(path string, executable bool, _ int64, contents io.Reader) error {
	real, err := r.at(path)
	if err != nil {
		return err
	}
	return writeFile(real, executable, contents, r.buf[:])
}

// A newFile is a file that is being written, with canonical metadata.
type newFile struct {
	*rawfile.File
	path string
	perm fs.FileMode
}

// createFile makes a file. The caller must call finish.
func createFile(path string, executable bool) (*newFile, error) {
	perm := fs.FileMode(0o444)
	if executable {
		perm = 0o555
	}
	f, err := rawfile.Create(path, perm)
	if err != nil {
		return nil, err
	}
	return &newFile{f, path, perm}, nil
}

// finish closes the file, of which err says whether it is whole, and returns the
// first error.
func (f *newFile) finish(err error) error {
	if err == nil {
		err = f.Chmod(f.perm) // whatever the umask, and the rules of the folder
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return setTimes(f.path)
}

// writeFile writes a file: everything that is left of r. buf is room for parts of
// it.
func writeFile(path string, executable bool, r io.Reader, buf []byte) error {
	f, err := createFile(path, executable)
	if err != nil {
		return err
	}
	_, err = io.CopyBuffer(onlyWriter{f}, r, buf)
	return f.finish(err)
}

// An onlyWriter hides other methods from io.CopyBuffer, which would use them in
// place of its buffer.
type onlyWriter struct{ io.Writer }

// Symlink implements nar.Visitor.
func (r *restorer) Symlink(path, target string) error {
	real, err := r.at(path)
	if err != nil {
		return err
	}
	if err := os.Symlink(target, real); err != nil {
		return err
	}
	return setTimes(real)
}

// end closes all directories but the outermost one if keepOpen is set: to be
// moved to another directory, one must be writable.
func (r *restorer) end(keepOpen bool) error {
	restoreBuffers.Put(r.buf)
	r.buf = nil
	var errs []error
	for n := len(r.open); n > 0; n-- {
		if n == 1 && keepOpen && r.open[0] == "" {
			break
		}
		errs = append(errs, seal(r.join(r.open[n-1])))
	}
	return errors.Join(errs...)
}

// Canonicalise gives files that something else made the metadata of store
// objects: times, modes, owner, and no extended attributes. Files whose paths the
// system does not take cannot be store objects: the error is syscall.ENAMETOOLONG.
func Canonicalise(root string) error {
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		switch info.Mode().Type() {
		case 0, fs.ModeDir, fs.ModeSymlink:
		default:
			return &unsupportedError{path}
		}
		if statOf(info).uid != euid() {
			if err := chown(path); err != nil {
				return err
			}
		}
		if err := dropXattrs(path); err != nil {
			return err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			perm := fs.FileMode(0o444)
			if info.IsDir() || info.Mode()&0o100 != 0 {
				perm = 0o555
			}
			if info.Mode()&(fs.ModePerm|fs.ModeSetuid|fs.ModeSetgid|fs.ModeSticky) != perm {
				if err := os.Chmod(path, perm); err != nil {
					return err
				}
			}
		}
		return setTimes(path)
	})
	if errors.Is(err, syscall.ENAMETOOLONG) {
		return &tooDeepError{root}
	}
	return err
}

// A tooDeepError is the error of folders that are nested so deeply that the paths of files
// in them, which it does not show, are too long.
type tooDeepError struct{ root string }

func (e *tooDeepError) Error() string {
	return "folders in \"" + e.root + "\" are nested too deeply: the paths of files in them are longer than the system allows"
}

func (e *tooDeepError) Unwrap() error { return syscall.ENAMETOOLONG }

// An unsupportedError is the error of a file that no store object can have.
type unsupportedError struct{ path string }

func (e *unsupportedError) Error() string { return "file \"" + e.path + "\" has an unsupported type" }

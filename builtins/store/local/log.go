package local

// This file defines Logs: the logs of builds.

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/firn-lang/firn/builtins/store/compression"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// Logs are a folder of logs of builds: drvs/HH/REST.bz2, where HHREST is the base name of the
// derivation. A log that is not compressed has no suffix.
type Logs struct {
	Dir   string
	Store storepath.Dir // of the derivations
}

// Logs returns the logs of builds.
func (s *Store) Logs() Logs { return Logs{Dir: s.logDir, Store: s.dir} }

// Path returns where the log of a derivation is if it is not compressed.
func (l Logs) Path(drvPath string) (string, error) {
	p, err := l.Store.Parse(drvPath)
	if err != nil {
		return "", err
	}
	const folder = 2 // characters of the base name
	return filepath.Join(l.Dir, "drvs", string(p[:folder]), string(p[folder:])), nil
}

// Log returns the log of a derivation; fs.ErrNotExist if there is none. The caller must close
// it.
func (l Logs) Log(_ context.Context, drvPath string) (io.ReadCloser, error) {
	name, err := l.Path(drvPath)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	if f, err = os.Open(name + ".bz2"); err != nil {
		return nil, err
	}
	r, err := compression.NewReader(compression.Bzip2, f, 0)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &logFile{r, f}, nil
}

// A logFile is a compressed log.
type logFile struct {
	io.ReadCloser
	f *os.File
}

func (l *logFile) Close() error { return errors.Join(l.ReadCloser.Close(), l.f.Close()) }

// AddLog adds the log of a derivation; one that is there stays. The file has all of it, or
// there is none.
func (l Logs) AddLog(ctx context.Context, drvPath string, log io.Reader) error {
	name, err := l.Path(drvPath)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(name + ".bz2"); err == nil {
		return nil
	}
	return l.Replace(ctx, drvPath, log)
}

// Replace is AddLog, but for a log that is there, which it replaces.
func (l Logs) Replace(_ context.Context, drvPath string, log io.Reader) error {
	name, err := l.Path(drvPath)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".log-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := errors.Join(writeLog(f, log), f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name+".bz2")
}

// writeLog writes a log to a file, compressed.
func writeLog(f *os.File, log io.Reader) error {
	w, err := compression.NewWriter(compression.Bzip2, f, compression.Options{})
	if err != nil {
		return err
	}
	_, err = io.Copy(w, log)
	return errors.Join(err, w.Close())
}

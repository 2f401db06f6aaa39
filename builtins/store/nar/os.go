package nar

// This file defines the FS of the operating system.

import (
	"io"
	"io/fs"
	"os"

	"github.com/firn-lang/firn/builtins/store/rawfile"
)

// OS is the FS of the operating system. On Windows, where that is not known, no file is executable.
type OS struct{}

// Lstat implements FS.
func (OS) Lstat(path string) (Info, error) {
	st, err := os.Lstat(path)
	if err != nil {
		return Info{}, err
	}
	switch mode := st.Mode(); mode.Type() {
	case 0:
		return Info{Kind: Regular, Executable: mode&0o100 != 0, Size: st.Size()}, nil
	case fs.ModeDir:
		return Info{Kind: Directory}, nil
	case fs.ModeSymlink:
		return Info{Kind: Symlink}, nil
	}
	return Info{Kind: Unknown}, nil
}

// ReadDir implements FS.
func (OS) ReadDir(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Readdirnames(-1)
}

// ReadLink implements FS.
func (OS) ReadLink(path string) (string, error) { return os.Readlink(path) }

// Open implements FS.
func (OS) Open(path string) (io.ReadCloser, error) {
	f, err := rawfile.Open(path)
	if err != nil {
		return nil, err
	}
	return f, nil
}

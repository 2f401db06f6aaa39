//go:build !linux

package world

// This file defines how files are looked at and read on systems other than Linux.

import (
	"io/fs"
	"os"
	"runtime"
)

func lstat(path string) (FileInfo, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return FileInfo{}, err
	}
	return infoOf(info), nil
}

func infoOf(info fs.FileInfo) FileInfo {
	return FileInfo{
		Type:       typeOf(info.Mode()),
		Executable: info.Mode()&0o100 != 0 && runtime.GOOS != "windows",
		Size:       info.Size(),
		ModTime:    info.ModTime(),
		ID:         fileID(info),
	}
}

// A machineFile is a file of the machine that is open.
type machineFile struct {
	*os.File
	info FileInfo
}

// openFile opens a file. What is not a regular file is looked at first, since opening a pipe waits
// for another program.
func openFile(path string) (*machineFile, error) {
	if info, err := os.Stat(path); err != nil {
		return nil, asOpen(err)
	} else if err := notRegularError(path, info.Mode()); err != nil && path != os.DevNull {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	return &machineFile{f, infoOf(info)}, nil
}

// asOpen returns the error of looking at a file as that of opening it.
func asOpen(err error) error {
	if e, ok := err.(*fs.PathError); ok {
		return &fs.PathError{Op: "open", Path: e.Path, Err: e.Err}
	}
	return err
}

func (f *machineFile) Stat() (FileInfo, error) { return f.info, nil }

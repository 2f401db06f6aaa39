package world

// This file defines how files are looked at and read on Linux: with system calls of their own.
// Package os would register each file with the poller and with the collector, which takes longer
// than to read a small file.

import (
	"io"
	"io/fs"
	"syscall"
	"time"
)

func lstat(path string) (FileInfo, error) {
	var st syscall.Stat_t
	for {
		switch err := syscall.Lstat(path, &st); err {
		case nil:
			return infoOf(&st, path, -1), nil
		case syscall.EINTR:
		default:
			return FileInfo{}, &fs.PathError{Op: "lstat", Path: path, Err: err}
		}
	}
}

// infoOf returns what the system says of a file, which is open as fd or, if that is -1, at path.
func infoOf(st *syscall.Stat_t, path string, fd int) FileInfo {
	sec, nsec := st.Mtim.Unix()
	info := FileInfo{
		Type:       typeOf(modeOf(st)),
		Executable: st.Mode&0o100 != 0,
		Size:       st.Size,
		ModTime:    time.Unix(sec, nsec),
	}
	if device := deviceOf(uint64(st.Dev), path, fd); device != 0 {
		info.ID = FileID{Device: device, Inode: st.Ino, Changed: st.Ctim.Nano()}
	}
	return info
}

// modeOf returns the type of a file as package fs has it.
func modeOf(st *syscall.Stat_t) fs.FileMode {
	switch st.Mode & syscall.S_IFMT {
	case syscall.S_IFREG:
		return 0
	case syscall.S_IFDIR:
		return fs.ModeDir
	case syscall.S_IFLNK:
		return fs.ModeSymlink
	case syscall.S_IFIFO:
		return fs.ModeNamedPipe
	case syscall.S_IFSOCK:
		return fs.ModeSocket
	case syscall.S_IFCHR:
		return fs.ModeDevice | fs.ModeCharDevice
	}
	return fs.ModeDevice
}

// A machineFile is a file of the machine that is open.
type machineFile struct {
	fd   int // -1 once it is closed
	path string
	info FileInfo
	read int64 // bytes that were read
}

// openFile opens a file without waiting, which opening a pipe would do.
func openFile(path string) (*machineFile, error) {
	var fd int
	for {
		var err error
		if fd, err = syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0); err == nil {
			break
		} else if err != syscall.EINTR {
			return nil, &fs.PathError{Op: "open", Path: path, Err: err}
		}
	}
	f := &machineFile{fd: fd, path: path}
	var st syscall.Stat_t
	if err := syscall.Fstat(fd, &st); err != nil {
		f.Close()
		return nil, &fs.PathError{Op: "stat", Path: path, Err: err}
	}
	f.info = infoOf(&st, path, fd)
	if f.info.Type == Unknown {
		if err := notRegularError(path, modeOf(&st)); err != nil && !f.isAtEnd() {
			f.Close()
			return nil, err
		}
	}
	return f, nil
}

// isAtEnd reports whether the file is a device from which nothing can ever be read, such as
// /dev/null.
func (f *machineFile) isAtEnd() bool {
	var st syscall.Stat_t
	if syscall.Fstat(f.fd, &st) != nil || st.Mode&syscall.S_IFMT != syscall.S_IFCHR {
		return false
	}
	_, err := f.Read(make([]byte, 1))
	return err == io.EOF
}

func (f *machineFile) Stat() (FileInfo, error) { return f.info, nil }

func (f *machineFile) Read(b []byte) (int, error) {
	if f.fd < 0 {
		return 0, &fs.PathError{Op: "read", Path: f.path, Err: fs.ErrClosed}
	}
	if len(b) == 0 {
		return 0, nil
	}
	for {
		n, err := syscall.Read(f.fd, b)
		switch {
		case err == syscall.EINTR:
			continue
		case err != nil:
			return 0, &fs.PathError{Op: "read", Path: f.path, Err: err}
		}
		f.read += int64(n)
		// A read that comes short where the file should end is its end: one call less for each
		// file. Files without a size, as in /proc, come short in the middle too.
		if n == 0 || n < len(b) && f.read == f.info.Size {
			return n, io.EOF
		}
		return n, nil
	}
}

func (f *machineFile) Close() error {
	if f.fd < 0 {
		return &fs.PathError{Op: "close", Path: f.path, Err: fs.ErrClosed}
	}
	err := syscall.Close(f.fd)
	f.fd = -1
	if err != nil {
		return &fs.PathError{Op: "close", Path: f.path, Err: err}
	}
	return nil
}

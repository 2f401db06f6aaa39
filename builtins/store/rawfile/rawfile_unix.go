//go:build unix

package rawfile

// This file defines files as file descriptors.

import (
	"io"
	"io/fs"
	"syscall"
)

// A File is an open regular file. It belongs to one goroutine at a time; Close
// must be called once.
type File struct {
	fd   int // -1 once it is closed
	path string
}

// Open opens a file to read it. It does not wait for the other end of a pipe.
func Open(path string) (*File, error) {
	return open(path, syscall.O_RDONLY|syscall.O_NONBLOCK, 0)
}

// Create makes a new file to write it: that something has the name, even a
// symbolic link that leads nowhere, is an error. The umask applies to perm.
func Create(path string, perm fs.FileMode) (*File, error) {
	return open(path, syscall.O_WRONLY|syscall.O_CREAT|syscall.O_EXCL|syscall.O_NOFOLLOW, perm)
}

func open(path string, flags int, perm fs.FileMode) (*File, error) {
	fd, err := retry(func() (int, error) { return syscall.Open(path, flags|syscall.O_CLOEXEC, uint32(perm.Perm())) })
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	return &File{fd, path}, nil
}

// Read implements io.Reader.
func (f *File) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	n, err := retry(func() (int, error) { return syscall.Read(f.fd, b) })
	switch {
	case err != nil:
		return 0, &fs.PathError{Op: "read", Path: f.path, Err: err}
	case n == 0:
		return 0, io.EOF
	}
	return n, nil
}

// Write implements io.Writer.
func (f *File) Write(b []byte) (int, error) {
	done := 0
	for done < len(b) {
		n, err := retry(func() (int, error) { return syscall.Write(f.fd, b[done:]) })
		if err != nil {
			return done, &fs.PathError{Op: "write", Path: f.path, Err: err}
		}
		done += n
	}
	return done, nil
}

// Chmod sets the permissions of the file, whatever the umask.
func (f *File) Chmod(perm fs.FileMode) error {
	if err := syscall.Fchmod(f.fd, uint32(perm.Perm())); err != nil {
		return &fs.PathError{Op: "chmod", Path: f.path, Err: err}
	}
	return nil
}

// Close closes the file. Its error can be that of a write: no room on the disk of
// another machine.
func (f *File) Close() error {
	if f.fd < 0 {
		return &fs.PathError{Op: "close", Path: f.path, Err: fs.ErrClosed}
	}
	err := syscall.Close(f.fd)
	f.fd = -1
	if err != nil && err != syscall.EINTR {
		return &fs.PathError{Op: "close", Path: f.path, Err: err}
	}
	return nil
}

// retry calls fn again while a signal interrupts it.
func retry(fn func() (int, error)) (int, error) {
	for {
		n, err := fn()
		if err != syscall.EINTR {
			return n, err
		}
	}
}

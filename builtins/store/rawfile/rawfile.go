// Package rawfile reads and writes files of the operating system with one call of
// it each. Package os asks the poller about each file that it opens, which can
// only say no to a regular file: for a tree of small files that is half of the
// time.
//
//	Open     a file that is read
//	Create   a new file, which is written
//
// Systems without POSIX calls have the files of package os.
package rawfile

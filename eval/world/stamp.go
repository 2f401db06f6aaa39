package world

// This file defines how a recorded read is compared with the world as it is.

import (
	"context"
	"errors"
	"io/fs"
	"time"
)

// A Stamp tells without reading that a file or directory is the same as before: a file with an
// equal one that is not zero is.
type Stamp struct {
	Size    int64
	ModTime int64 // in nanoseconds since 1970
	ID      FileID
}

// fresh is how long after a file was changed another change might leave its stamp as it is: file
// systems keep times in steps of up to two seconds.
const fresh = 3 * time.Second

// fileStamp returns the stamp of a file; zero if it is not known, or the file was changed just now.
func fileStamp(info FileInfo, err error) Stamp {
	latest := info.ModTime
	if changed := time.Unix(0, info.ID.Changed); info.ID.Changed != 0 && changed.After(latest) {
		latest = changed
	}
	if err != nil || info.ModTime.IsZero() || time.Since(latest) <= fresh {
		return Stamp{}
	}
	return stampOf(info)
}

func stampOf(info FileInfo) Stamp { return Stamp{info.Size, info.ModTime.UnixNano(), info.ID} }

// dirStamp is fileStamp for directories. Without an ID, what is known may be that of one of several
// that are shown as one; see Overlay.
func dirStamp(info FileInfo, err error) Stamp {
	if info.ID == (FileID{}) {
		return Stamp{}
	}
	return fileStamp(info, err)
}

// Changed returns those of reads that would be different in host now. It reads files again only if
// their stamps do not tell; once ctx is done, the list is not complete.
func Changed(ctx context.Context, host Host, reads []Read) []Read {
	return changed(ctx, host, reads, func(Read) {})
}

// changed is Changed. It calls refresh for reads that found the same again, with a new stamp. Reads
// of one path that follow each other, as in a sorted list, look at it once.
func changed(ctx context.Context, host Host, reads []Read, refresh func(Read)) []Read {
	var out []Read
	var last string
	var info FileInfo
	var err error
	for i, r := range reads {
		if ctx.Err() != nil {
			break
		}
		if r.Kind == ReadEnv {
			if host.Getenv(ctx, r.Name) != r.Hash {
				out = append(out, r)
			}
			continue
		}
		if i == 0 || r.Name != last {
			last = r.Name
			info, err = host.Lstat(ctx, r.Name)
		}
		same, stamp := again(ctx, host, r, info, err)
		switch {
		case !same && ctx.Err() != nil: // which may be the reason
		case !same:
			out = append(out, r)
		case stamp != r.Stamp:
			r.Stamp = stamp
			refresh(r)
		}
	}
	return out
}

// again reports whether r would find the same now, where the path is as info and err say, and
// returns the stamp for the next time.
func again(ctx context.Context, host Host, r Read, info FileInfo, err error) (same bool, stamp Stamp) {
	switch {
	case r.Kind == ReadAbsent:
		return errors.Is(err, fs.ErrNotExist), Stamp{}
	case err != nil:
		return false, Stamp{}
	case r.Kind == ReadStat:
		return statText(info) == r.Hash, Stamp{}
	case r.Stamp != Stamp{} && stampOf(info) == r.Stamp:
		return true, r.Stamp
	}
	probe := NewRecorder(host)
	switch r.Kind {
	case ReadContents:
		if f, err := probe.Open(ctx, r.Name); err == nil {
			buf := make([]byte, 32<<10)
			for err == nil && ctx.Err() == nil {
				_, err = f.Read(buf)
			}
			f.Close()
		}
	case ReadListing:
		_, _ = probe.ReadDir(ctx, r.Name)
	case ReadTarget:
		_, _ = probe.ReadLink(ctx, r.Name)
	}
	stamp, same = probe.seen[r.key()]
	return same && !(r.Kind == ReadContents && r.Hash == ""), stamp
}

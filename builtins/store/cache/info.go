package cache

// This file defines the file nix-cache-info.

import (
	"fmt"
	"strconv"
	"strings"
)

// An Info is what a cache says of itself.
type Info struct {
	StoreDir      string // "" if it does not say
	WantMassQuery bool   // whether it is to be asked for many paths
	Priority      int    // the lower, the earlier the cache is asked
	Absent        bool   // there is no such file, and perhaps no cache
}

// AbsentText returns what to tell about a cache of which nothing is known but its URL.
func AbsentText(uri string) string {
	return "'" + uri + "' has no file '" + infoName + "': it does not appear to be a binary cache"
}

// DefaultPriority is the priority of a cache that does not say one.
const DefaultPriority = 50

// infoName and maxInfo are the name of the file, and how many bytes of it are read.
const (
	infoName = "nix-cache-info"
	maxInfo  = 64 << 10
)

// ParseInfo reads the text of a file nix-cache-info. Lines that are no field are
// skipped, as in the reference.
func ParseInfo(text string) (Info, error) {
	info := Info{Priority: DefaultPriority}
	for line := range strings.SplitSeq(text, "\n") {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch name {
		case "StoreDir":
			info.StoreDir = value
		case "WantMassQuery":
			info.WantMassQuery = value == "1"
		case "Priority":
			n, err := strconv.Atoi(value)
			if err != nil {
				return Info{}, fmt.Errorf("'%s' is no priority of a binary cache", value)
			}
			info.Priority = n
		}
	}
	return info, nil
}

/** The page has a second address; it leads to the first one, whatever the context root, and leaves no step in the history. */
location.replace(`./${location.search}${location.hash}`);

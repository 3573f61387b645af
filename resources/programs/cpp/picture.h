// Pictures as EffNet Studio reads them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

using Bytes = std::vector<std::uint8_t>;

struct Picture {
    std::size_t width = 0;
    std::size_t height = 0;
    Bytes rgb;             // row by row, three bytes a pixel
    int orientation = 1;   // how the pixels lie (Exif 2.32, section 4.6.4, tag 0x0112); 1: upright
};

// Reads a JPEG or PNG file: upright, over white, RGB. A JPEG file is decoded at a half, a quarter
// or an eighth of its size where its short side keeps `enough` pixels all the same.
// Throws std::runtime_error where there is no picture to be had.
Picture read_picture(const std::filesystem::path& file, std::size_t enough);

// For the readers of the two formats: how the pixels lie, from the metadata of a camera.
int exif_orientation(const std::uint8_t* exif, std::size_t size);

// For the readers: sets the size and makes room for so many bytes a pixel; refuses far too many.
void make_room(Picture& picture, std::size_t width, std::size_t height, std::size_t bytes);

// The readers. They fill the picture, with its pixels as they are stored.
void read_jpeg(const Bytes& file, std::size_t enough, Picture& picture);
void read_png(const Bytes& file, Picture& picture);

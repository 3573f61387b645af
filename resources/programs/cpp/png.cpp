// PNG by libpng, which reports errors by jumping: what it leaves behind is freed by Decoder.
#include "picture.h"

#include <algorithm>
#include <csetjmp>
#include <stdexcept>
#include <string>

#include <png.h>

namespace {

struct Decoder {
    const Bytes& file;
    std::size_t place = 0;
    std::string reason;
    png_structp png;
    png_infop info;

    explicit Decoder(const Bytes& content)
        : file(content),
          png(png_create_read_struct(PNG_LIBPNG_VER_STRING, this, leave, ignore)),
          info(png != nullptr ? png_create_info_struct(png) : nullptr) {
        if (info == nullptr) {
            png_destroy_read_struct(&png, nullptr, nullptr);
            throw std::runtime_error("There is not enough memory to read the picture.");
        }
        png_set_read_fn(png, this, read);
    }
    ~Decoder() { png_destroy_read_struct(&png, &info, nullptr); }
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    [[noreturn]] static void leave(png_structp png, png_const_charp reason) {
        static_cast<Decoder*>(png_get_error_ptr(png))->reason = reason;
        png_longjmp(png, 1);
    }

    static void ignore(png_structp, png_const_charp) {}

    static void read(png_structp png, png_bytep target, std::size_t size) {
        auto* self = static_cast<Decoder*>(png_get_io_ptr(png));
        if (size > self->file.size() - self->place) {
            png_error(png, "the file is cut short");
        }
        std::copy_n(&self->file[self->place], size, target);
        self->place += size;
    }
};

// Whatever the file holds, four bytes a pixel are to come out: red, green, blue and opacity.
void ask_for_rgba(png_structp png, png_infop info) {
    const bool grey = png_get_color_type(png, info) == PNG_COLOR_TYPE_GRAY;
    if (grey) {
        png_set_scale_16(png);  // rounds
    } else {
        png_set_strip_16(png);  // drops the lower half
    }
    png_set_expand(png);
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
}

// Over white, in place: four bytes a pixel become three.
void over_white(const std::uint8_t* rgba, std::uint8_t* rgb, std::size_t pixels) {
    for (std::size_t i = 0; i < pixels; ++i, rgba += 4, rgb += 3) {
        const int opacity = rgba[3];
        for (int channel = 0; channel < 3; ++channel) {
            const int sum = rgba[channel] * opacity + 255 * (255 - opacity);
            rgb[channel] = static_cast<std::uint8_t>((sum + 127) / 255);
        }
    }
}

}  // namespace

void read_png(const Bytes& file, Picture& picture) {
    Decoder decoder(file);
    const png_structp png = decoder.png;
    const png_infop info = decoder.info;
    if (setjmp(png_jmpbuf(png))) {
        throw std::runtime_error("The picture is damaged: " + decoder.reason + ".");
    }
    png_read_info(png, info);
    ask_for_rgba(png, info);
    const int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    make_room(picture, png_get_image_width(png, info), png_get_image_height(png, info), 4);
    const std::size_t stride = 4 * picture.width;
    for (int pass = 0; pass < passes; ++pass) {
        for (std::size_t y = 0; y < picture.height; ++y) {
            png_read_row(png, &picture.rgb[stride * y], nullptr);
        }
    }
    png_read_end(png, info);
    over_white(picture.rgb.data(), picture.rgb.data(), picture.width * picture.height);
    picture.rgb.resize(3 * picture.width * picture.height);
    png_bytep exif = nullptr;
    png_uint_32 size = 0;
    if (png_get_eXIf_1(png, info, &size, &exif) != 0) {
        picture.orientation = exif_orientation(exif, size);
    }
}
